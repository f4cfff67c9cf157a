//! The numbers of the ranking, each with its reason; `docs/ranking.md` has what other values give.

/// The numbers of the ranking.
pub(super) struct Parameters {
    /// Saturation of frequency.
    pub(super) k1: f32,
    /// How much length counts.
    pub(super) b: f32,
    /// What a word in the title counts, in the body 1.
    pub(super) title: f32,
    /// In the deck.
    pub(super) deck: f32,
    /// In byline and dateline.
    pub(super) byline: f32,
    /// Another form of the same stem, where the form as typed counts 1.
    pub(super) other_form: f32,
    /// A part of a hyphenated word of the query, beside the whole.
    pub(super) part: f32,
    /// The bonus for neighbours of the query that stand side by side.
    pub(super) closeness: f32,
}

/// The default, and the only one.
pub(super) const PARAMETERS: Parameters = Parameters {
    // Robertson and Zaragoza 2009 give 1.2 to 2 as good in most cases; Lucene and tantivy have 1.2.
    k1: 1.2,
    // Robertson and Zaragoza 2009 give 0.5 to 0.8; Lucene and tantivy have 0.75.
    b: 0.75,
    // Never below one field for all on four judged sets with titles; more helps where titles are sentences, and
    // was seen to hurt on news.
    title: 2.0,
    // Decks are short and to the point, like a first sentence of the body.
    deck: 1.0,
    // Who wrote it, and where, is hardly what it is about.
    byline: 0.3,
    // Who types a form rather wants this one.
    other_form: 0.9,
    // Half, since the whole counts besides where it stands.
    part: 0.5,
    // A tenth to four tenths give the same within chance. It is bounded, so that it orders near equals and never
    // outweighs a word (Rasolofo and Savoy 2003).
    closeness: 0.2,
};
