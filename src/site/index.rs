//! What follows from the order of a site's documents: neighbours, tags, categories, related posts. In: a `Site`. Out:
//! documents by their index. Neighbours: `model.rs`; `drops/` asks.

use serde_yaml::Value;

use super::model::{DocumentId, Site};

/// A tag or a category, and its posts, the newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct PostGroup {
    /// The name; mostly a text, but YAML's numbers stay numbers.
    pub name: Value,
    /// The posts.
    pub posts: Vec<DocumentId>,
}

impl Site {
    /// The posts, the oldest first.
    pub fn posts(&self) -> &[DocumentId] {
        self.collections.iter().find(|collection| collection.label == "posts").map_or(&[], |posts| &posts.documents)
    }

    /// The document after this one in its collection, in Jekyll's order.
    pub fn next(&self, document: DocumentId) -> Option<DocumentId> {
        let (documents, at) = self.place(document)?;
        documents.get(at + 1).copied()
    }

    /// The document before this one in its collection, in Jekyll's order.
    pub fn previous(&self, document: DocumentId) -> Option<DocumentId> {
        let (documents, at) = self.place(document)?;
        documents.get(at.checked_sub(1)?).copied()
    }

    fn place(&self, id: DocumentId) -> Option<(&[DocumentId], usize)> {
        let document = self.documents.get(id)?;
        let documents = &self.collections.get(document.collection)?.documents;
        // One that `limit_posts` left out has no place.
        let position = *self.positions.get(id)?;
        (documents.get(position) == Some(&id)).then_some((documents, position))
    }

    /// `site.tags`: in the order in which the posts name them.
    pub fn tags(&self) -> Vec<PostGroup> {
        self.groups("tags")
    }

    /// `site.categories`, as `tags`.
    pub fn categories(&self) -> Vec<PostGroup> {
        self.groups("categories")
    }

    /// site.rb, `post_attr_hash`. A post that names a tag twice is there twice.
    fn groups(&self, key: &str) -> Vec<PostGroup> {
        let mut places: std::collections::HashMap<&Value, usize> = std::collections::HashMap::new();
        let mut groups: Vec<PostGroup> = Vec::new();
        for &post in self.posts() {
            let names = self.documents.get(post).and_then(|post| post.data.get(key)).and_then(Value::as_sequence);
            for name in names.into_iter().flatten() {
                let place = *places.entry(name).or_insert(groups.len());
                if place == groups.len() {
                    groups.push(PostGroup { name: name.clone(), posts: Vec::new() });
                }
                if let Some(group) = groups.get_mut(place) {
                    group.posts.push(post);
                }
            }
        }
        for group in &mut groups {
            group.posts.reverse();
        }
        groups
    }

    /// `related_posts` without `lsi`: the ten newest posts but this one (related_posts.rb, `most_recent_posts`).
    pub fn related_posts(&self, document: DocumentId) -> Vec<DocumentId> {
        let posts = self.posts();
        if posts.len() < 2 {
            return Vec::new();
        }
        posts.iter().rev().take(11).copied().filter(|&post| post != document).take(10).collect()
    }
}
