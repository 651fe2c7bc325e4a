//! `Tabs`: what the tabs of this browser tell each other about drafts. In: messages of other tabs. Out: who else has
//! the draft open, whether newer text was written, what to answer. Neighbours: `channel.rs` sends the messages.

use super::DraftId;
use super::draft::{decode_hex, encode_hex};

/// Names a tab: 64 random bits, made when the page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TabId(pub u64);

/// What a tab says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// I have opened this draft: who else has it?
    Opened,
    /// I have it open too; the answer to `Opened`.
    Claim,
    /// I have stored this revision.
    Written,
    /// I have closed it.
    Closed,
}

const KINDS: [(MessageKind, &str); 4] = [
    (MessageKind::Opened, "opened"),
    (MessageKind::Claim, "claim"),
    (MessageKind::Written, "written"),
    (MessageKind::Closed, "closed"),
];

/// One message between tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabMessage {
    /// What is said.
    pub kind: MessageKind,
    /// The draft it is about.
    pub draft: DraftId,
    /// The revision of it that the tab has.
    pub revision: u64,
    /// Who says it.
    pub tab: TabId,
}

impl TabMessage {
    /// `"opened 00000000000000ab 12 00000000000000cd"`: kind, draft, revision, tab.
    pub fn encode(&self) -> String {
        let kind = KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or("", |(_, name)| name);
        [kind, &self.draft.encode(), &self.revision.to_string(), &encode_hex(self.tab.0)].join(" ")
    }

    /// What `encode` wrote; nothing for anything else, as another version of the page may say other things.
    pub fn decode(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let name = words.next()?;
        let message = Self {
            kind: KINDS.iter().find(|(_, n)| *n == name)?.0,
            draft: DraftId::decode(words.next()?)?,
            revision: words.next()?.parse().ok()?,
            tab: TabId(decode_hex(words.next()?)?),
        };
        words.next().is_none().then_some(message)
    }
}

/// What a message means for this tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// To be sent.
    pub answer: Option<TabMessage>,
    /// Another tab has this newer revision of the open draft; told once for each revision.
    pub newer: Option<u64>,
    /// `Tabs::others` changed.
    pub others: bool,
    /// Another tab has stored some draft: a list that is shown is out of date.
    pub stored: bool,
}

/// What this tab knows of the others.
#[derive(Clone, Debug)]
pub struct Tabs {
    me: TabId,
    open: Option<(DraftId, u64)>,
    /// The other tabs, each once; there are few.
    others: Vec<(TabId, DraftId)>,
    /// The newest revision of the open draft that another tab told.
    newest_told: u64,
}

impl Tabs {
    /// A tab that knows of no other.
    pub fn new(me: TabId) -> Self {
        Self { me, open: None, others: Vec::new(), newest_told: 0 }
    }

    fn message(&self, kind: MessageKind, (draft, revision): (DraftId, u64)) -> TabMessage {
        TabMessage { kind, draft, revision, tab: self.me }
    }

    /// This tab opens a draft (or none), leaving the one it had: the messages to send.
    pub fn open(&mut self, draft: Option<(DraftId, u64)>) -> Vec<TabMessage> {
        let left = self.open.filter(|(id, _)| draft.map(|(id, _)| id) != Some(*id));
        let left = left.map(|had| self.message(MessageKind::Closed, had));
        self.open = draft;
        self.newest_told = 0;
        left.into_iter().chain(draft.map(|now| self.message(MessageKind::Opened, now))).collect()
    }

    /// This tab has stored a revision of the open draft: the message to send.
    pub fn written(&mut self, revision: u64) -> Option<TabMessage> {
        let (id, known) = self.open.as_mut()?;
        *known = revision;
        let draft = (*id, revision);
        Some(self.message(MessageKind::Written, draft))
    }

    /// How many other tabs have the open draft open.
    pub fn others(&self) -> usize {
        self.open.map_or(0, |(open, _)| self.others.iter().filter(|(_, id)| *id == open).count())
    }

    /// Another tab has said something.
    pub fn receive(&mut self, message: TabMessage) -> News {
        if message.tab == self.me {
            return News::default();
        }
        let before = self.others();
        let said = (message.tab, message.draft);
        if message.kind == MessageKind::Closed {
            self.others.retain(|other| *other != said);
        } else {
            self.others.retain(|other| other.0 != message.tab);
            self.others.push(said);
        }
        let mut news =
            News { others: self.others() != before, stored: message.kind == MessageKind::Written, ..News::default() };
        if let Some((id, known)) = self.open
            && id == message.draft
        {
            if message.kind == MessageKind::Opened {
                news.answer = Some(self.message(MessageKind::Claim, (id, known)));
            }
            if message.revision > known.max(self.newest_told) {
                self.newest_told = message.revision;
                news.newer = Some(message.revision);
            }
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: DraftId = DraftId(0xAB);

    #[test]
    fn a_message_survives_the_channel() {
        for (kind, _) in KINDS {
            let message = TabMessage { kind, draft: DRAFT, revision: u64::MAX, tab: TabId(7) };
            assert_eq!(TabMessage::decode(&message.encode()), Some(message));
        }
        let message = TabMessage { kind: MessageKind::Opened, draft: DRAFT, revision: 12, tab: TabId(0xCD) };
        assert_eq!(message.encode(), "opened 00000000000000ab 12 00000000000000cd");
    }

    #[test]
    fn what_is_no_message_is_none() {
        let good = "written 00000000000000ab 1 00000000000000cd";
        assert!(TabMessage::decode(good).is_some());
        for text in ["", " ", "shouted 00000000000000ab 1 00000000000000cd", "written ab 1 cd", &good[..20]] {
            assert_eq!(TabMessage::decode(text), None, "{text}");
        }
        assert_eq!(TabMessage::decode(&format!("{good} more")), None);
        assert_eq!(TabMessage::decode(&good.replace(" 1 ", " -1 ")), None);
    }

    /// Carries every message to every other tab, and their answers, and gives the news by tab.
    fn tell(tabs: &mut [Tabs], mut messages: Vec<TabMessage>) -> Vec<(usize, News)> {
        let mut all = Vec::new();
        while let Some(message) = messages.pop() {
            for (index, tab) in tabs.iter_mut().enumerate() {
                let news = tab.receive(message);
                messages.extend(news.answer);
                if news != News::default() {
                    all.push((index, news));
                }
            }
        }
        all
    }

    #[test]
    fn two_tabs_learn_of_each_other_and_of_newer_text() {
        let mut tabs = [Tabs::new(TabId(1)), Tabs::new(TabId(2)), Tabs::new(TabId(3))];
        let opened = tabs[0].open(Some((DRAFT, 4)));
        assert_eq!(tell(&mut tabs, opened), []);
        let opened = tabs[1].open(Some((DRAFT, 4)));
        tell(&mut tabs, opened);
        assert_eq!([tabs[0].others(), tabs[1].others(), tabs[2].others()], [1, 1, 0]);

        let written = tabs[1].written(5).into_iter().collect();
        let stored = News { stored: true, ..News::default() };
        assert_eq!(tell(&mut tabs, written), [(0, News { newer: Some(5), ..stored }), (2, stored)]);

        let closed = tabs[1].open(None);
        assert_eq!(tell(&mut tabs, closed), [(0, News { others: true, ..News::default() })]);
        assert_eq!(tabs[0].others(), 0);
    }

    #[test]
    fn a_tab_that_opens_an_old_revision_hears_of_the_newer_one() {
        let mut tabs = [Tabs::new(TabId(1)), Tabs::new(TabId(2))];
        tabs[0].open(Some((DRAFT, 9)));
        let opened = tabs[1].open(Some((DRAFT, 8)));
        let news = tell(&mut tabs, opened);
        assert_eq!(news.iter().map(|(tab, news)| (*tab, news.newer)).collect::<Vec<_>>(), [(0, None), (1, Some(9))]);
    }

    #[test]
    fn changing_the_draft_leaves_the_one_before() {
        let mut tab = Tabs::new(TabId(1));
        assert_eq!(tab.open(Some((DRAFT, 1))).len(), 1);
        assert!(tab.open(Some((DRAFT, 2))).iter().all(|m| m.kind == MessageKind::Opened));
        let messages = tab.open(Some((DraftId(9), 1)));
        assert_eq!(
            messages.iter().map(|m| (m.kind, m.draft)).collect::<Vec<_>>(),
            [(MessageKind::Closed, DRAFT), (MessageKind::Opened, DraftId(9))]
        );
    }

    #[test]
    fn a_tab_does_not_listen_to_itself() {
        let mut tab = Tabs::new(TabId(1));
        let opened = tab.open(Some((DRAFT, 1)));
        assert_eq!(tab.receive(opened[0]), News::default());
        assert_eq!(tab.others(), 0);
    }
}
