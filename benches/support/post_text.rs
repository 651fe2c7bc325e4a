//! Text of posts for measuring: made up, but mixed as real posts are. In: a size in bytes. Out: a text of about it.
//! Neighbours: `core.rs` measures with it.

/// Sentences in the two languages of the posts that the page was made for.
const SENTENCES: &[&str] = &[
    "We moved the build to a container last spring and have not looked back.",
    "L'équipe s'est réunie à Nantes pour parler d'intégration continue.",
    "The first attempt failed, which taught us more than the second one.",
    "Une image légère démarre vite, et c'est bien ce qui compte ici.",
    "Nobody had measured it before, so nobody knew where the time went.",
    "Le journal d'exécution montre trois redémarrages pendant la nuit.",
    "\"It works on my machine\" -- the oldest sentence of our trade -- was heard again...",
    "Il suffit d'ajouter deux lignes au fichier de configuration, et voilà.",
    "Keep the *interface* small and the **invariants** written down.",
    "La commande `docker ps` affiche les conteneurs en cours.",
    "See [the notes][notes] or [our first post](https://blog.example.org/2014/12/premier-billet \"Premier billet\").",
    "Un détail : l'option `--rm` supprime le conteneur à sa sortie.",
];

/// A text of at least `bytes` bytes, always the same for the same size.
pub fn post(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    let mut turn = 0usize;
    let sentence = |n: usize| SENTENCES[(n * 7 + n / 5) % SENTENCES.len()];
    while text.len() < bytes {
        turn += 1;
        match turn % 12 {
            1 => text.push_str(&format!("## Étape {turn} : préparer le terrain\n\n")),
            4 => {
                for item in 0..4 {
                    text.push_str(&format!("- {}\n", sentence(turn + item)));
                }
                text.push_str("  - a nested point\n  - un autre point\n\n");
            }
            6 => text.push_str(&format!(
                "```ruby\ndef step_{turn}(name)\n  puts \"Bonjour #{{name}}\" if name.size > 3 && ready?\nend\n```\n\n"
            )),
            8 => text.push_str(&format!(
                "| Outil | Version | Durée |\n|:------|:-------:|------:|\n| build | {turn}.1 | 12 s |\n| test  | {turn}.2 | 48 s |\n\n"
            )),
            9 => text.push_str(&format!("> {}\n> {}\n\n", sentence(turn), sentence(turn + 1))),
            10 => text.push_str(&format!("![Une capture](https://blog.example.org/images/{turn}.png) {}\n\n", sentence(turn))),
            11 if turn % 24 == 11 => text.push_str(&format!("<div class=\"note\">{}</div>\n\n", sentence(turn))),
            _ => {
                for n in 0..5 {
                    text.push_str(sentence(turn + n));
                    text.push(if n == 2 { '\n' } else { ' ' });
                }
                text.push_str("\n\n");
            }
        }
    }
    text + "[notes]: https://blog.example.org/notes\n"
}
