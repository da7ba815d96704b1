//! How many connections this process can hold.

/// What the rest of the process may need: files, databases, connections of its own.
const RESERVED: usize = 64;
/// Where the system doesn't say: the usual soft limit, less what is reserved.
const UNKNOWN: usize = 1024 - RESERVED;

/// The file descriptors that are free now, less those reserved; but at least half of them, and at least 1.
pub(super) fn free() -> usize {
    free_of(limit(), open())
}

fn free_of(limit: Option<usize>, open: Option<usize>) -> usize {
    match (limit, open) {
        (Some(limit), Some(open)) => {
            let free = limit.saturating_sub(open);
            free.saturating_sub(RESERVED).max(free / 2).max(1)
        }
        _ => UNKNOWN,
    }
}

/// The soft limit, as Linux tells it; `unlimited` counts as unknown.
fn limit() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    limits.lines().find_map(|line| line.strip_prefix("Max open files"))?.split_whitespace().next()?.parse().ok()
}

fn open() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_left_for_the_rest_of_the_process() {
        assert_eq!(free_of(Some(1_024), Some(24)), 936);
        assert_eq!(free_of(Some(60), Some(20)), 20);
        assert_eq!(free_of(Some(10), Some(12)), 1);
        assert_eq!(free_of(None, Some(12)), 960);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells() {
        assert!(open().is_some_and(|open| open > 3));
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        assert!(limit().is_some() || limits.contains("unlimited"), "{limits}");
    }
}
