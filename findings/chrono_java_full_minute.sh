#!/usr/bin/env bash
# Java's OffsetDateTime.toString leaves the seconds out when they are zero: one instant in sixty comes as 22:00Z. chrono
# reads the fifty-nine others and refuses that one, as RFC 3339 does.
#
# Version: chrono 0.4.45, OpenJDK 17. Expected: both texts are read. Seen: the one of a full minute is refused.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cat >"$work/Dates.java" <<'JAVA'
import java.time.OffsetDateTime;
public class Dates {
    public static void main(String[] arguments) {
        OffsetDateTime minute = OffsetDateTime.parse("2011-02-08T22:00:00Z");
        System.out.println(minute + " " + minute.plusSeconds(1));
    }
}
JAVA
command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq openjdk-17-jdk-headless >/dev/null; }
read -r full other < <(java "$work/Dates.java")
seen=$(rust_probe 'chrono = "=0.4.45"' <<RS
fn main() {
    for text in ["$full", "$other"] {
        println!("{text} {}", if chrono::DateTime::parse_from_rfc3339(text).is_ok() { "read" } else { "refused" });
    }
}
RS
)
java -version 2>&1 | sed -n 1p
echo "chrono 0.4.45"
verdict "both texts of one Java type are read" "$(paste -sd' ' <<<"$seen")" "2011-02-08T22:00Z refused 2011-02-08T22:00:01Z read"
