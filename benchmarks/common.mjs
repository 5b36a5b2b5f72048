// What every benchmark needs: a JDK 25, a WildFly, processes that end with us, and figures.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export function jdk25() {
  const candidates = [process.env.JAVA_HOME_25_X64, process.env.JAVA_25_HOME, process.env.JAVA_HOME];
  for (const root of ["/usr/lib/jvm", `${process.env.HOME}/.sdkman/candidates/java`]) {
    if (existsSync(root)) candidates.push(...readdirSync(root).filter((name) => /25/.test(name)).map((name) => join(root, name)));
  }
  for (const home of candidates) {
    if (!home || !existsSync(join(home, "bin/java"))) continue;
    const { stderr } = spawnSync(join(home, "bin/java"), ["-version"], { encoding: "utf8" });
    if (/version "25/.test(stderr)) return home;
  }
  throw new Error("No JDK 25 found: install one and set JAVA_HOME to it (the bars are measured on JDK 25)");
}

// The same for both Java servers.
export const JVM = ["-Xms64m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"];

/** The command of a WildFly, as its own script would start it; options of ours first. */
export function wildfly(home, port, properties = [], options = []) {
  const extra = (process.env.PARLEY_JVM ?? "").split(" ").filter(Boolean);
  return [join(jdk25(), "bin/java"), ...JVM, ...extra, "-Djava.net.preferIPv4Stack=true", "-Djboss.modules.system.pkgs=org.jboss.byteman,jdk.jfr",
    "-Djava.awt.headless=true", "--add-exports=java.desktop/sun.awt=ALL-UNNAMED", "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
    "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED", "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
    "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/java.net=ALL-UNNAMED",
    "--add-opens=java.base/java.security=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.management/javax.management=ALL-UNNAMED", "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
    `-Djboss.home.dir=${home}`, `-Djboss.http.port=${port}`, `-Djboss.https.port=${port + 1}`, `-Djboss.management.http.port=${port + 2}`,
    ...properties, ...(process.env.PARLEY_PROPERTIES ?? "").split(" ").filter(Boolean),
    "-jar", join(home, "jboss-modules.jar"), "-mp", join(home, "modules"), "org.jboss.as.standalone", ...options];
}

export const running = new Set();
process.on("exit", () => running.forEach((server) => server.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function stop({ process: server }) {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const hard = setTimeout(() => server.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(hard);
}

export const told = (given) => Object.entries(given).map(([key, value]) => `${key}=${value}`);

export const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const shown = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2));
