//! Results to JSON Lines: one hit a line, in the form that a hit has in the object.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::json::{SearchHit, to_line};
use super::{RenderContext, Renderer, ResultRenderer, Style};
use crate::search::{Head, Hit, ResultSink};

/// One hit a line.
pub(super) struct JsonLines;

impl Renderer for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "JSON, one hit a line"
    }

    fn every_copy_is_a_hit(&self) -> bool {
        true
    }

    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        _style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w> {
        Box::new(JsonLinesResults { out, context, is_fallback: false })
    }
}

struct JsonLinesResults<'w> {
    out: &'w mut dyn Write,
    context: RenderContext,
    is_fallback: bool,
}

impl ResultSink for JsonLinesResults<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        self.is_fallback = head.fallback;
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        if self.is_fallback {
            // Rows are taken for what satisfies the query.
            return Ok(ControlFlow::Break(()));
        }
        let line = to_line(&SearchHit::new(hit, self.context.query_id.as_deref()))?;
        writeln!(self.out, "{line}")?;
        Ok(ControlFlow::Continue(()))
    }
}

impl ResultRenderer for JsonLinesResults<'_> {
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
