//! The one integration binary: everything that is tested from outside the modules.

mod oracle;
mod cli;
mod formats;
mod reuters;
mod tidy;
