//! Makes one module of several parts of the program. In: modules as `wasm_split_cli_support` writes them, which import
//! nothing but the main part's memory, table and stack pointer, export nothing, and call each other through the table. Out:
//! one module that does the same; where one calls another by its place in the table, it calls the function itself.
//! Neighbours: `parts.rs` says which belong together.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, NameMap, NameSection, TypeSection,
};
use wasmparser::{
    ConstExpr, CustomSectionReader, Data, DataKind, ElementItems, ElementKind, ElementSectionReader, FuncType,
    FunctionBody, Import, KnownCustom, Name, Operator, Parser, Payload,
};

type Problem = Box<dyn Error>;

/// What a module consists of. Indexes are the module's own.
#[derive(Default)]
struct Part<'a> {
    types: Vec<FuncType>,
    imports: Vec<Import<'a>>,
    /// The type of each function.
    functions: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
    /// Functions that take places in the table: from which place on.
    elements: Vec<(u32, Vec<u32>)>,
    data: Vec<Data<'a>>,
    names: HashMap<u32, &'a str>,
}

/// Indexes of the merged module for those of one part.
#[derive(Default)]
struct Renumbered {
    types: Vec<u32>,
    functions: Vec<u32>,
}

impl Reencode for Renumbered {
    type Error = std::convert::Infallible;

    fn type_index(&mut self, index: u32) -> Result<u32, reencode::Error<Self::Error>> {
        Ok(self.types[index as usize])
    }

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error<Self::Error>> {
        Ok(self.functions[index as usize])
    }
}

/// The places of the table that functions of a module call.
///
/// # Errors
///
/// Where the module cannot be read.
pub fn calls(module: &[u8]) -> Result<HashSet<u32>, Problem> {
    let mut places = HashSet::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload? {
            places.extend(called_place(&body)?);
        }
    }
    Ok(places)
}

/// The names of the functions that a linked program has pointers to: those in its table.
///
/// # Errors
///
/// Where the program cannot be read.
pub fn pointers(linked: &[u8]) -> Result<HashSet<String>, Problem> {
    let mut functions = HashSet::new();
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(linked) {
        match payload? {
            Payload::ElementSection(section) => {
                for (_, items) in elements(section)? {
                    functions.extend(items);
                }
            }
            Payload::CustomSection(section) => names.extend(function_names(&section)?),
            _ => {}
        }
    }
    let named = functions.iter().map(|index| names.get(index).map(|name| (*name).to_owned()));
    named.collect::<Option<_>>().ok_or_else(|| "a function that has a pointer has no name".into())
}

/// One module of all `modules`. A function keeps its place in the table if `is_called` says that of the place and the
/// function's name; a place that nobody calls holds any function.
///
/// # Errors
///
/// Where a module has something that parts of a program do not have.
pub fn merge(modules: &[Vec<u8>], is_called: impl Fn(u32, &str) -> bool) -> Result<Vec<u8>, Problem> {
    let parts = modules.iter().map(|module| read(module)).collect::<Result<Vec<_>, _>>()?;

    let mut types: HashMap<FuncType, u32> = HashMap::new();
    let mut type_section = TypeSection::new();
    let mut imports: Vec<Import> = Vec::new();
    let mut renumbered = Vec::new();
    let mut count = 0;
    for part in &parts {
        let mut own = Renumbered::default();
        for function in &part.types {
            let next = types.len() as u32;
            own.types.push(*types.entry(function.clone()).or_insert(next));
            if types.len() as u32 > next {
                type_section.ty().func_type(&own.func_type(function.clone())?);
            }
        }
        own.functions = (count..).take(part.functions.len()).collect();
        count += part.functions.len() as u32;
        imports.extend(part.imports.iter().copied());
        renumbered.push(own);
    }
    imports.sort_by_key(|import| import.name);
    imports.dedup_by_key(|import| import.name);

    // What stands at a place of the table, and which functions only call what stands there.
    let mut table = HashMap::new();
    let mut callers = HashMap::new();
    for (part, own) in parts.iter().zip(&renumbered) {
        for (first, functions) in &part.elements {
            table.extend((*first..).zip(functions.iter().map(|&index| own.functions[index as usize])));
        }
        for (body, &index) in part.bodies.iter().zip(&own.functions) {
            callers.extend(called_place(body)?.map(|place| (index, place)));
        }
    }
    for own in &mut renumbered {
        for index in &mut own.functions {
            while let Some(&called) = callers.get(index).and_then(|place| table.get(place)) {
                *index = called;
            }
        }
    }

    let mut import_section = ImportSection::new();
    let mut function_section = FunctionSection::new();
    let mut element_section = ElementSection::new();
    let mut code_section = CodeSection::new();
    let mut data_section = DataSection::new();
    let mut names = NameMap::new();
    for import in imports {
        Renumbered::default().parse_import(&mut import_section, import)?;
    }
    let mut index = 0;
    for (part, own) in parts.iter().zip(&mut renumbered) {
        for (first, functions) in &part.elements {
            // Where there is none to keep, the one before stands again: that takes the least space.
            let mut last = 0;
            let functions = (*first..).zip(functions).map(|(place, index)| {
                if part.names.get(index).is_none_or(|name| is_called(place, name)) {
                    last = own.functions[*index as usize];
                }
                last
            });
            let functions = functions.collect::<Vec<_>>();
            let place = wasm_encoder::ConstExpr::i32_const(*first as i32);
            element_section.active(None, &place, wasm_encoder::Elements::Functions(functions.into()));
        }
        for (local, (body, kind)) in part.bodies.iter().zip(&part.functions).enumerate() {
            function_section.function(own.type_index(*kind)?);
            own.parse_function_body(&mut code_section, body.clone())?;
            if let Some(name) = part.names.get(&(local as u32)) {
                names.append(index, name);
            }
            index += 1;
        }
        for data in &part.data {
            own.parse_data(&mut data_section, data.clone())?;
        }
    }
    let mut name_section = NameSection::new();
    name_section.functions(&names);
    let mut module = Module::new();
    module.section(&type_section).section(&import_section).section(&function_section).section(&element_section);
    module.section(&code_section).section(&data_section).section(&name_section);
    Ok(module.finish())
}

fn read(module: &[u8]) -> Result<Part<'_>, Problem> {
    let mut part = Part::default();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::TypeSection(section) => {
                part.types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => {
                part.imports = section.into_imports().collect::<Result<_, _>>()?;
            }
            Payload::FunctionSection(section) => part.functions = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ElementSection(section) => part.elements = elements(section)?,
            Payload::CodeSectionEntry(body) => part.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    if matches!(data.kind, DataKind::Passive) {
                        return Err("a part has data without a place".into());
                    }
                    if !data.data.is_empty() {
                        part.data.push(data);
                    }
                }
            }
            Payload::CustomSection(section) => part.names.extend(function_names(&section)?),
            Payload::ExportSection(section) if section.count() == 0 => {}
            Payload::GlobalSection(section) if section.count() == 0 => {}
            Payload::TableSection(section) if section.count() == 0 => {}
            Payload::MemorySection(section) if section.count() == 0 => {}
            Payload::Version { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::DataCountSection { .. }
            | Payload::End(_) => {}
            other => return Err(format!("a part has what no part should have: {other:?}").into()),
        }
    }
    if part.imports.iter().any(|import| matches!(import.ty, wasmparser::TypeRef::Func(_))) {
        return Err("a part imports a function".into());
    }
    Ok(part)
}

/// The functions that take places in the table: from which place on.
fn elements(section: ElementSectionReader) -> Result<Vec<(u32, Vec<u32>)>, Problem> {
    let mut all = Vec::new();
    for element in section {
        let element = element?;
        let (ElementKind::Active { table_index: None | Some(0), offset_expr }, ElementItems::Functions(items)) =
            (element.kind, element.items)
        else {
            return Err("there are elements that are not functions at a place of the table".into());
        };
        all.push((place(&offset_expr)?, items.into_iter().collect::<Result<_, _>>()?));
    }
    Ok(all)
}

/// The names of functions, if the section has these.
fn function_names<'a>(section: &CustomSectionReader<'a>) -> Result<HashMap<u32, &'a str>, Problem> {
    let mut all = HashMap::new();
    let KnownCustom::Name(names) = section.as_known() else { return Ok(all) };
    for name in names {
        if let Name::Function(functions) = name? {
            for naming in functions {
                let naming = naming?;
                all.insert(naming.index, naming.name);
            }
        }
    }
    Ok(all)
}

/// The number that a constant expression gives.
fn place(expression: &ConstExpr) -> Result<u32, Problem> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value as u32),
        other => Err(format!("a place that is no number: {other:?}").into()),
    }
}

/// Of a function that does nothing but call what stands at a place of the table with its own arguments: the place.
fn called_place(body: &FunctionBody) -> Result<Option<u32>, Problem> {
    if body.get_locals_reader()?.get_count() > 0 {
        return Ok(None);
    }
    let mut arguments = 0;
    let mut place = None;
    let mut is_called = false;
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::LocalGet { local_index } if place.is_none() && local_index == arguments => arguments += 1,
            Operator::I32Const { value } if place.is_none() => place = Some(value as u32),
            Operator::CallIndirect { table_index: 0, .. } if place.is_some() && !is_called => is_called = true,
            Operator::End if is_called => {}
            _ => return Ok(None),
        }
    }
    Ok(place)
}
