//! The entry point of the elements' module. In: calls of `index.js`. Out: desks in shadow trees. Neighbours: `bench.rs`
//! does what is exported here.

#[cfg(target_arch = "wasm32")]
mod exports {
    use apercu::embed::Editor as Inner;
    use js_sys::{Array, Function};
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use web_sys::{HtmlElement, HtmlTextAreaElement, ShadowRoot};

    /// One element's desk.
    #[wasm_bindgen]
    pub struct Editor(Inner);

    /// Draws a desk around a textarea that stands in the shadow root of `host`, or is slotted there; `load` gives a
    /// promise of the companion module. With `preview_only` the textarea stands nowhere and only holds the text.
    #[wasm_bindgen]
    pub async fn mount(
        host: HtmlElement,
        root: ShadowRoot,
        textarea: HtmlTextAreaElement,
        load: Function,
        preview_only: bool,
    ) -> Result<Editor, JsValue> {
        Inner::mount(host, root, textarea, load, preview_only).await.map(Editor)
    }

    #[wasm_bindgen]
    impl Editor {
        /// Takes the value of an attribute, or that there is none.
        pub fn configure(&self, name: &str, value: Option<String>) {
            self.0.configure(name, value.as_deref());
        }

        /// The textarea has another text.
        pub fn refresh(&self) {
            self.0.refresh();
        }

        /// The body as it is shown, as sanitized HTML.
        pub fn html(&self) -> String {
            self.0.html()
        }

        /// The front matter as an object, or null.
        #[wasm_bindgen(js_name = frontMatter)]
        pub fn front_matter(&self) -> JsValue {
            self.0.front_matter()
        }

        /// What becomes of the post in a build.
        pub fn publication(&self) -> JsValue {
            self.0.publication()
        }

        /// The findings.
        pub fn diagnostics(&self) -> Array {
            self.0.diagnostics()
        }

        /// Runs the editing command of that id. Whether it did something.
        pub fn command(&self, id: &str) -> bool {
            self.0.command(id)
        }

        /// Makes every safe fix; how many there were.
        pub fn format(&self) -> usize {
            self.0.format()
        }

        /// Says something in the corner of the element.
        pub fn tell(&self, message: &str) {
            self.0.tell(message);
        }

        /// Takes everything away again; the textarea stays as it is.
        pub fn unmount(self) {
            self.0.unmount();
        }
    }
}

fn main() {}
