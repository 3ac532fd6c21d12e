//! `cargo xtask page`: the page in `www/dist`. It is built against the finished npm package in `wasm/pkg`.

use anyhow::{Result, ensure};

use crate::notices;
use crate::npm;
use crate::process::Output;
use crate::project::Project;

/// Installs the page's packages and builds it.
pub(crate) fn build(project: &Project, output: &Output) -> Result<()> {
    let folder = project.path("www");
    npm::install(&folder, output)?;
    output.run(&mut npm::script(&folder, "build"))?;
    let index = folder.join("dist").join("index.html");
    ensure!(index.exists(), "the page's build wrote no {}", index.display());
    notices::write_for_page(project, &folder.join("dist"))
}
