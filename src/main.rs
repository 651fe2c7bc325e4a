//! The program's entry points: the page (`InitialPreview`, then `start`), one custom element (`InitialPreview`, then
//! `mount`), the engine alone (`render`), and natively the command line. In: calls of `start.js` and of the package's
//! `index.js`. Out: a running page, an element, a rendered post. Neighbours: `app/`, `embed/`, `cli/` do the work. The
//! split points of these entry points are declared here; `app/tools.rs` and `app/page_tools.rs` declare the others.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::future::Future;
    use std::pin::Pin;

    use apercu::app::colours;
    use apercu::embed::Handle;
    use apercu::split_point::NotLoaded;
    use js_sys::{Array, Function};
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlIFrameElement, HtmlTextAreaElement, ShadowRoot};

    /// The preview of a textarea until `start` or `mount` is done. Nobody uses it afterwards.
    #[wasm_bindgen]
    pub struct InitialPreview(apercu::app::InitialPreview);

    #[wasm_bindgen]
    impl InitialPreview {
        /// Nothing is shown yet. An element's frame is filled by `fill`.
        #[wasm_bindgen(constructor)]
        pub fn new(
            textarea: HtmlTextAreaElement,
            frame: HtmlIFrameElement,
            fill: Option<Function>,
            body_only: bool,
            language: Option<String>,
        ) -> Self {
            Self(apercu::app::InitialPreview::new(textarea, frame, fill, body_only, language))
        }

        /// Shows what stands in the textarea. Whether there was a text, and a frame that has loaded.
        pub fn show(&mut self) -> bool {
            self.0.show()
        }
    }

    /// Starts the page.
    #[wasm_bindgen]
    pub async fn start() -> Result<(), JsError> {
        Ok(start_page().await?)
    }

    apercu::split_point! { page: fn start_page() -> Result<(), NotLoaded> {
        apercu::app::start();
        Ok(())
    } }

    /// An element that is being mounted.
    type Mounting = Pin<Box<dyn Future<Output = Result<Box<dyn Handle>, JsValue>>>>;

    /// Draws an editor around a textarea that stands in the shadow root of `host`, or is slotted there, and takes over
    /// the frame that stands there, which `fill` fills. With `preview_only` the textarea stands nowhere and only holds
    /// the text.
    #[wasm_bindgen]
    pub async fn mount(
        host: HtmlElement,
        root: ShadowRoot,
        textarea: HtmlTextAreaElement,
        fill: Function,
        preview_only: bool,
    ) -> Result<ElementHandle, JsValue> {
        let mounting = mount_element(host, root, textarea, fill, preview_only).await.map_err(JsError::from)?;
        mounting.await.map(ElementHandle)
    }

    apercu::split_point! { element:
        fn mount_element(
            host: HtmlElement,
            root: ShadowRoot,
            textarea: HtmlTextAreaElement,
            fill: Function,
            preview_only: bool,
        ) -> Result<Mounting, NotLoaded> {
            Ok(Box::pin(apercu::embed::mount(host, root, textarea, fill, preview_only)))
        }
    }

    /// Renders a post: see `src/embed/index.d.ts`.
    #[wasm_bindgen]
    pub async fn render(text: String, options: JsValue) -> Result<JsValue, JsError> {
        Ok(render_post(text, options).await?.await)
    }

    /// A post on its way.
    type Rendering = Pin<Box<dyn Future<Output = JsValue>>>;

    /// From now on `read` reads the files of the tables that code gets its colours by: a name in, a promise of bytes out.
    #[wasm_bindgen(js_name = readTablesWith)]
    pub fn read_tables_with(read: Function) {
        colours::read_tables_with(read);
    }

    apercu::split_point! { tools:
    fn render_post(text: String, options: JsValue) -> Result<Rendering, NotLoaded> {
        apercu::markdown::raw_html::know_all_names();
        apercu::post::kramdown_options::know_all_options();
        apercu::markdown::kramdown::know_native_elements();
        apercu::post::date_text::know_all_forms();
        Ok(Box::pin(apercu::embed::render(text, options)))
    } }

    /// One element's editor. Its code comes with the part `element`, so every call goes through a table.
    #[wasm_bindgen]
    pub struct ElementHandle(Box<dyn Handle>);

    #[wasm_bindgen]
    impl ElementHandle {
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

        /// The diagnostics.
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

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    apercu::cli::main()
}
