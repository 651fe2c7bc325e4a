//! A modal dialog: the browser's own `dialog`, which keeps the focus inside and closes on Escape.
//! In: a title and content. Out: `on_close`. Neighbours: the dialogs of this folder.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Intent;
use super::icon::icon;

/// A dialog that is only closed. The dialogs share it, because each function that makes one costs the download half a
/// kilobyte.
pub fn plain(id: &'static str, title: &'static str, on_intent: &Callback<Intent>, children: Html) -> Html {
    let on_intent = on_intent.clone();
    html! { <Dialog key={id} {id} {title} on_close={move |()| on_intent.emit(Intent::CloseDialog)}>{ children }</Dialog> }
}

#[derive(PartialEq, Properties)]
pub struct Props {
    pub id: &'static str,
    pub title: AttrValue,
    pub on_close: Callback<()>,
    pub children: Html,
    #[prop_or_default]
    pub foot: Html,
}

#[component]
pub fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let close = {
        let on_close = props.on_close.clone();
        Callback::from(move |_: MouseEvent| on_close.emit(()))
    };
    let cancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    let heading = format!("{}-title", props.id);
    html! {
        <dialog ref={node} id={props.id} role="dialog" aria-labelledby={heading.clone()} oncancel={cancel}>
            <div class="dialog-head">
                <h2 id={heading}>{ &props.title }</h2>
                <button type="button" class="icon-only" data-action="close" aria-label="Close" onclick={close}>{ icon("close") }</button>
            </div>
            <div class="dialog-body" tabindex="0" role="group" aria-label={props.title.clone()}>{ props.children.clone() }</div>
            if props.foot != Html::default() { <div class="dialog-foot">{ props.foot.clone() }</div> }
        </dialog>
    }
}
