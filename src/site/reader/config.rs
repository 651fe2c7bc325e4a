//! All settings of a site. In: what its files and the command line say. Out: `site.config`, with Jekyll's defaults.
//! Neighbours: `mod.rs` asks. The rules are those of Jekyll's `configuration.rb`, and of `site.rb` for a theme's settings.

use serde_yaml::{Mapping, Value};

use crate::post::{defaults, permalink, yaml};

/// configuration.rb, `DEFAULTS`.
const DEFAULTS: &str = r#"
source: .
destination: _site
collections_dir: ""
cache_dir: .jekyll-cache
plugins_dir: _plugins
layouts_dir: _layouts
data_dir: _data
includes_dir: _includes
collections: {}
safe: false
include: [.htaccess]
exclude: []
keep_files: [.git, .svn]
encoding: utf-8
markdown_ext: "markdown,mkdown,mkdn,mkd,md"
strict_front_matter: false
show_drafts:
limit_posts: 0
future: false
unpublished: false
whitelist: []
plugins: []
markdown: kramdown
highlighter: rouge
lsi: false
excerpt_separator: "\n\n"
incremental: false
detach: false
port: "4000"
host: 127.0.0.1
baseurl:
show_dir_listing: false
permalink: date
paginate_path: /page:num
timezone:
quiet: false
verbose: false
defaults: []
liquid: {error_mode: warn, strict_filters: false, strict_variables: false}
kramdown:
  auto_ids: true
  toc_levels: [1, 2, 3, 4, 5, 6]
  entity_output: as_char
  smart_quotes: "lsquo,rsquo,ldquo,rdquo"
  input: GFM
  hard_wrap: false
  guess_lang: true
  footnote_nr: 1
  show_warnings: false
"#;

/// `own` over Jekyll's defaults, and `theme` below both: the settings of the theme, if there are any. `exclude` is what
/// Jekyll leaves out in all.
pub(super) fn complete(own: &Mapping, theme: Option<&Mapping>, exclude: &[String]) -> Mapping {
    let Value::Mapping(mut config) = yaml::read(DEFAULTS, 0).value else { return own.clone() };
    let theirs = theme.map(|theme| {
        let mut theirs = theme.clone();
        theirs.retain(|key, _| !config.contains_key(key));
        theirs
    });
    defaults::merge(&mut config, own);
    add_collections(&mut config);
    config.insert("exclude".into(), exclude.iter().map(|pattern| Value::from(pattern.as_str())).collect());
    match theirs {
        Some(mut all) => {
            defaults::merge(&mut all, &config);
            all
        }
        None => config,
    }
}

/// configuration.rb, `add_default_collections`: names become mappings, and `posts` comes first.
fn add_collections(config: &mut Mapping) {
    let own = match config.get("collections") {
        Some(Value::Mapping(own)) => own.clone(),
        Some(Value::Sequence(names)) => {
            names.iter().map(|name| (name.clone(), Value::Mapping(Mapping::new()))).collect()
        }
        _ => Mapping::new(),
    };
    let mut all = Mapping::new();
    all.insert("posts".into(), Mapping::new().into());
    defaults::merge(&mut all, &own);
    let style = config.get("permalink").map(yaml::display);
    if let Some(Value::Mapping(posts)) = all.get_mut("posts") {
        posts.insert("output".into(), true.into());
        let given = posts.get("permalink").is_some_and(|own| !matches!(own, Value::Null | Value::Bool(false)));
        if let Some(style) = style.filter(|_| !given) {
            posts.insert("permalink".into(), permalink::style(&style).into());
        }
    }
    config.insert("collections".into(), all.into());
}
