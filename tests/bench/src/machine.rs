//! What of the machine and the compiler matters to the numbers.

use serde_json::{Value, json};

/// The features of the processor that the contestants look for when they run.
fn processor_features() -> Vec<&'static str> {
    #[cfg(target_arch = "x86_64")]
    {
        macro_rules! detected {
            ($($name:tt)*) => {
                [$(($name, std::arch::is_x86_feature_detected!($name))),*]
            };
        }
        let features =
            detected!("sse2" "ssse3" "sse4.2" "pclmulqdq" "sha" "avx" "avx2" "bmi2" "avx512f" "avx512bw" "avx512vbmi");
        features.into_iter().filter(|(_, detected)| *detected).map(|(name, _)| name).collect()
    }
    #[cfg(target_arch = "aarch64")]
    {
        let neon = std::arch::is_aarch64_feature_detected!("neon");
        let sha = std::arch::is_aarch64_feature_detected!("sha2");
        [("neon", neon), ("sha2", sha)].into_iter().filter(|(_, detected)| *detected).map(|(name, _)| name).collect()
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    Vec::new()
}

/// The facts, by name.
pub fn facts() -> Value {
    json!({
        "compiler": env!("BENCH_COMPILER"),
        "target": env!("BENCH_TARGET"),
        "profile": env!("BENCH_PROFILE"),
        "opt_level": env!("BENCH_OPT_LEVEL"),
        "built_for": env!("BENCH_TARGET_FEATURES"),
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "detected": processor_features().join(","),
    })
}

/// The facts, as lines of text.
pub fn describe() -> String {
    let facts = facts();
    let text = |name: &str| facts[name].as_str().unwrap_or_default().replace(',', " ");
    format!(
        "{} for {}, profile {} (opt-level {}), built for: {}\n{} processors, which have: {}\n",
        text("compiler"),
        text("target"),
        text("profile"),
        text("opt_level"),
        text("built_for"),
        facts["processors"],
        text("detected"),
    )
}

#[cfg(test)]
mod tests {
    use super::{describe, facts};

    #[test]
    fn the_compiler_and_the_target_are_known() {
        assert!(facts()["compiler"].as_str().unwrap().starts_with("rustc "), "{}", facts());
        assert!(describe().contains(std::env::consts::ARCH), "{}", describe());
    }
}
