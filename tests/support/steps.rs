//! Counts the work that the core does for a text, in instructions of WebAssembly: the same in each run and on each
//! machine. In: the name of a function of `examples/steps.rs` and texts. Out: numbers of instructions.
//! Neighbours: `growth.rs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use wasmi::{Config, Engine, Func, Instance, Linker, Memory, Module, Store, TypedFunc, Val};

/// Room for what the core makes of a text: asked for before anything is counted, because growing the memory counts, too.
const HEAP: i32 = 32 << 20;

/// One function of the core, ready to be called.
pub struct Steps {
    store: Store<()>,
    memory: Memory,
    allocate: TypedFunc<(i32, i32), i32>,
    function: TypedFunc<(i32, i32), ()>,
}

impl Steps {
    /// Builds the core for WebAssembly and takes the function of that name.
    pub fn of(function: &str) -> Self {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, built()).expect("a module that the interpreter reads");
        let mut store = Store::new(&engine, ());
        store.set_fuel(u64::MAX).expect("fuel is counted");
        let instance = instance(&module, &mut store);
        let memory = instance.get_memory(&store, "memory").expect("a memory");
        let allocate = instance.get_typed_func(&store, "__wbindgen_malloc").expect("an allocator");
        let free: TypedFunc<(i32, i32, i32), ()> = instance.get_typed_func(&store, "__wbindgen_free").expect("its end");
        let heap = allocate.call(&mut store, (HEAP, 1)).expect("room");
        free.call(&mut store, (heap, HEAP, 1)).expect("the room is given back");
        let function = instance.get_typed_func(&store, export(&module, function)).expect("the function takes a text");
        let mut steps = Self { store, memory, allocate, function };
        // What is made once is made now.
        steps.count("");
        steps
    }

    /// How many instructions the function needs for a text.
    pub fn count(&mut self, text: &str) -> u64 {
        let length = i32::try_from(text.len()).expect("a short text");
        // The function frees what it is given.
        let at = self.allocate.call(&mut self.store, (length, 1)).expect("room for the text");
        self.memory.write(&mut self.store, at as usize, text.as_bytes()).expect("the text fits");
        self.store.set_fuel(u64::MAX).expect("fuel is counted");
        if let Err(error) = self.function.call(&mut self.store, (at, length)) {
            let start: String = text.chars().take(60).collect();
            panic!("stops at {start:?}…: {error}");
        }
        u64::MAX - self.store.get_fuel().expect("fuel is counted")
    }
}

/// The bytes of the module.
fn built() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let build = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--target", "wasm32-unknown-unknown", "--example", "steps", "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .status()
        .expect("cargo runs");
    assert!(build.success(), "examples/steps.rs did not build for wasm32-unknown-unknown");
    std::fs::read(target.join("wasm32-unknown-unknown/debug/examples/steps.wasm")).expect("the module")
}

/// The module's own name of a function: wasm-bindgen puts a hash of 16 digits after it.
fn export<'m>(module: &'m Module, function: &str) -> &'m str {
    let is_it = |name: &str| {
        name.strip_prefix(function).and_then(|rest| rest.strip_prefix('_')).is_some_and(|hash| hash.len() == 16)
    };
    module.exports().map(|export| export.name()).find(|name| is_it(name)).expect("the function")
}

/// What the module imports belongs to a page; nothing here calls it.
fn instance(module: &Module, store: &mut Store<()>) -> Instance {
    let mut linker = Linker::new(store.engine());
    for import in module.imports() {
        let (from, name) = (import.module(), import.name());
        let function = import.ty().func().unwrap_or_else(|| panic!("{from}::{name} is no function")).clone();
        let message = format!("{name} was called: there is no page here");
        let refuse = Func::new(&mut *store, function, move |_, _: &[Val], _: &mut [Val]| {
            Err(wasmi::Error::new(message.clone()))
        });
        linker.define(from, name, refuse).expect("a new name");
    }
    linker.instantiate_and_start(store, module).expect("the module starts")
}
