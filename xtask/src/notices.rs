//! The licences of others whose code is compiled or bundled into what is published: they ask to go with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::module::{MODULES, TARGET};
use crate::project::Project;

/// The name of the file, in the npm package and in the page.
pub(crate) const FILE: &str = "THIRD-PARTY-LICENSES.txt";

const HEADING: &str = "\
What this was built from besides ws101 itself, and under which licences. Where there is a choice, MIT is chosen. Rust's own
library is in it too: MIT or Apache-2.0, (c) The Rust Project contributors.
";

/// Writes what goes with the modules into their folder.
pub(crate) fn write_for_modules(project: &Project, folder: &Path) -> Result<()> {
    write(&of_modules(project)?, folder)
}

/// Writes what goes with the page into its folder: it holds the modules, and what npm's packages bring.
pub(crate) fn write_for_page(project: &Project, folder: &Path) -> Result<()> {
    let mut texts = of_modules(project)?;
    let www = project.path("www");
    let lockfile: Value = serde_json::from_str(&fs::read_to_string(www.join("package-lock.json"))?)?;
    let locked = lockfile["packages"].as_object().context("www/package-lock.json lists no packages")?;
    for (path, package) in locked.iter().filter(|(path, _)| path.starts_with("node_modules/")) {
        if package["dev"] == true || package["link"] == true {
            continue;
        }
        let name = format!("{} {}", &path["node_modules/".len()..], package["version"].as_str().unwrap_or_default());
        add(&mut texts, &name, &www.join(path))?;
    }
    write(&texts, folder)
}

/// The texts of licences, and who has each.
type Texts = BTreeMap<String, Vec<String>>;

fn of_modules(project: &Project) -> Result<Texts> {
    let features: Vec<_> = MODULES.iter().filter_map(|module| module.feature).collect();
    crates(project, &MODULES.map(|module| module.package), &features, TARGET)
}

/// What is compiled into the crates for a target: no macros, which run in the compiler, and none of our own.
fn crates(project: &Project, packages: &[&str], features: &[&str], target: &str) -> Result<Texts> {
    let read = |mut command: std::process::Command| -> Result<Vec<u8>> {
        let output = command.output().context("cargo cannot be started")?;
        ensure!(output.status.success(), "cargo failed: {}", String::from_utf8_lossy(&output.stderr));
        Ok(output.stdout)
    };
    let mut tree = project.cargo("tree --locked --edges normal,no-proc-macro --prefix none --format {p}");
    tree.args(["--target", target]).args(packages.iter().flat_map(|name| ["--package", name]));
    tree.args(["--features", &features.join(",")]);
    let tree = String::from_utf8(read(tree)?).context("cargo's tree is text")?;
    let metadata: Value =
        serde_json::from_slice(&read(project.cargo("metadata --format-version 1 --all-features --locked"))?)?;
    let known = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let mut texts = Texts::new();
    for package in known.iter().filter(|package| package["source"].is_string()) {
        let word = |key: &str| package[key].as_str().unwrap_or_default();
        let (name, version) = (word("name"), word("version"));
        if tree.lines().any(|line| line.trim_end_matches(" (*)") == format!("{name} v{version}")) {
            let folder = Path::new(word("manifest_path")).parent().context("a manifest has a folder")?;
            add(&mut texts, &format!("{name} {version}"), folder)?;
        }
    }
    ensure!(!texts.is_empty(), "cargo's tree of {} names nobody", packages.join(" and "));
    Ok(texts)
}

/// Adds the texts in a package's folder; who has none cannot be given credit, which is an error.
fn add(texts: &mut Texts, name: &str, folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        if file.to_ascii_uppercase().starts_with("LICEN") {
            files.push(file);
        }
    }
    let others: Vec<_> = files.iter().filter(|file| !file.to_ascii_uppercase().contains("APACHE")).collect();
    let chosen = if others.is_empty() { files.iter().collect() } else { others };
    ensure!(!chosen.is_empty(), "{name} carries no text of its licence in {}", folder.display());
    for file in chosen {
        let text = fs::read_to_string(folder.join(file)).with_context(|| format!("{name}: {file} cannot be read"))?;
        texts.entry(text.replace("\r\n", "\n").trim().to_owned()).or_default().push(name.to_owned());
    }
    Ok(())
}

fn write(texts: &Texts, folder: &Path) -> Result<()> {
    let mut parts: Vec<_> = texts.iter().map(|(text, names)| (names.join(", "), text)).collect();
    parts.sort();
    let mut file = HEADING.to_owned();
    for (names, text) in parts {
        file.extend(["\n", &"-".repeat(80), "\n", &names, "\n\n", text, "\n"]);
    }
    Ok(fs::write(folder.join(FILE), file)?)
}

#[cfg(test)]
mod tests {
    use super::{TARGET, Texts, add, crates, of_modules};
    use crate::project::Project;

    #[test]
    fn every_crate_in_the_module_has_its_licence_told_and_the_compilers_macros_do_not() {
        let texts = crates(&Project::locate().unwrap(), &["ws101-wasm"], &[], TARGET).unwrap();
        let named = |name: &str| texts.values().flatten().any(|package| package.starts_with(&format!("{name} ")));
        assert!(named("base64") && named("talc") && named("wasm-bindgen"));
        assert!(!named("syn") && !named("ws101-core") && !named("zlib-rs"), "{:?}", texts.values());
        assert!(texts.keys().all(|text| !text.contains("Apache License")));
    }

    #[test]
    fn what_only_a_feature_brings_is_told_too() {
        let texts = of_modules(&Project::locate().unwrap()).unwrap();
        assert!(texts.values().flatten().any(|package| package.starts_with("tinyrlibc ")), "{:?}", texts.values());
    }

    #[test]
    fn a_package_without_a_text_is_named_in_the_error() {
        let folder = Project::locate().unwrap().path("xtask/src");
        let error = add(&mut Texts::new(), "it 1.0.0", &folder).unwrap_err().to_string();
        assert!(error.contains("it 1.0.0 carries no text"), "{error}");
    }
}
