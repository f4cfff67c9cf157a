//! The one integration binary: everything that is tested from outside the modules.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test ends at the first thing that is wrong, and says what it skips"
)]

mod oracle;
mod cli;
mod company;
mod corrections;
mod damage;
mod formats;
mod harmed_pages;
mod hostile;
mod manual;
mod quality;
mod reuters;
mod runs;
mod tidy;
mod unreadable;
mod updates;
