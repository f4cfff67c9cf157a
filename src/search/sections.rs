//! Where the sections of an article lie among its positions, and which of them a scope takes in.

use super::spans::{Scope, Section};
use crate::index::analyze::Bounds;

/// Positions from here on are of cut lines, address and path.
pub(super) const ASIDE: u32 = 1 << 28;

/// The section of a position.
pub(super) fn section_of(bounds: Bounds, position: u32) -> Section {
    if position >= ASIDE {
        Section::Aside
    } else if position > bounds.dateline {
        Section::Body
    } else if position < bounds.title {
        Section::Title
    } else if position < bounds.deck {
        Section::Deck
    } else if position < bounds.byline {
        Section::Byline
    } else {
        Section::Dateline
    }
}

/// The first position of a section, and the first behind it.
pub(super) fn range_of(bounds: Bounds, section: Section) -> (u32, u32) {
    match section {
        Section::Title => (0, bounds.title),
        Section::Deck => (bounds.title, bounds.deck),
        Section::Byline => (bounds.deck, bounds.byline),
        Section::Dateline => (bounds.byline, bounds.dateline + 1),
        Section::Body => (bounds.dateline + 1, ASIDE),
        Section::Aside => (ASIDE, u32::MAX),
    }
}

/// Whether a scope takes in a position.
pub(super) fn in_scope(scope: Scope, section: Section, position: u32, lead_end: u32) -> bool {
    match scope {
        Scope::Default => section != Section::Aside,
        Scope::Only(only) => section == only,
        Scope::Lead => match section {
            Section::Title | Section::Deck => true,
            Section::Body => position < lead_end,
            Section::Byline | Section::Dateline | Section::Aside => false,
        },
    }
}
