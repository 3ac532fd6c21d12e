//! Writes the seeds into `seeds/`, a folder for each target.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the earlier seeds cannot be removed")?;
    }
    for (target, name, bytes) in ws101_fuzz::seeds() {
        let folder = folder.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)
            .with_context(|| format!("the seed {name} of {target} cannot be written"))?;
    }
    Ok(())
}
