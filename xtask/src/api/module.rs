//! What the entries of the npm package offer: their types, without the comments.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Of, Surface};
use crate::package;
use crate::project::Project;

/// Where they are kept.
pub(super) const FOLDER: &str = "wasm/public-api";

pub(super) fn surfaces(project: &Project) -> Result<Vec<Surface>> {
    let manifest = fs::read_to_string(package::folder(project).join("package.json"))
        .context("the npm package is not built: `cargo xtask wasm` builds it")?;
    let types = types(&serde_json::from_str(&manifest)?);
    ensure!(!types.is_empty(), "the npm package names no types");
    let surface = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let text = printed(project, path)?;
        Ok(Surface {
            name: format!("the npm package’s {name}"),
            file: format!("{FOLDER}/{name}"),
            text,
            of: Of::Module,
        })
    };
    types.iter().map(surface).collect()
}

/// The files of types that `exports` names, each once; those for `require` are copies.
fn types(manifest: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            match value.as_str() {
                Some(path) if key == "types" && path.ends_with(".d.ts") => drop(found.insert(path.to_owned())),
                _ => walk(value, found),
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&manifest["exports"], &mut found);
    found
}

/// Printed by TypeScript itself.
fn printed(project: &Project, path: &str) -> Result<String> {
    let mut command = Command::new("node");
    command.current_dir(project.path("wasm/js")).arg("surface.mjs").arg(package::folder(project).join(path));
    let output = command.output().context("`node` cannot be started")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "wasm/js/surface.mjs could not read {path}: {errors}");
    String::from_utf8(output.stdout).context("types are text")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::types;

    #[test]
    fn every_file_of_types_is_found_once() {
        let entry = json!({
            "workerd": { "types": "./dist/a.d.ts", "default": "./dist/a.workerd.js" },
            "require": { "types": "./dist/a.d.cts", "default": "./dist/a.cjs" },
            "default": { "types": "./dist/a.d.ts", "default": "./dist/a.js" },
        });
        let slim = json!({ "types": "./dist/slim.d.ts", "default": "./dist/slim.js" });
        let manifest =
            json!({ "types": "./dist/x.d.ts", "exports": { ".": entry, "./slim": slim, "./wasm": "./a.wasm" } });
        assert_eq!(types(&manifest).into_iter().collect::<Vec<_>>(), ["./dist/a.d.ts", "./dist/slim.d.ts"]);
    }
}
