//! The whole of Aperçu but its entry point: text and file name in, a previewed post and its diagnostics out.
//! Neighbours: `main.rs` starts the page; the folders below are the layers, in the order of the map.
#![doc = include_str!("README.md")]

pub mod checks;
pub mod code;
pub mod commands;
pub mod compare;
pub mod highlight;
pub mod liquid;
pub mod markdown;
pub mod paste;
pub mod post;
pub mod render;
pub mod site;
pub mod split_point;
pub mod storage;
pub mod text;
pub mod view;
pub mod writing;

pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(target_arch = "wasm32")]
pub mod embed;
