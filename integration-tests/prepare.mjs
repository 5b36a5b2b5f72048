// What `mvn verify` needs on the machine beside a JDK and Node.js: a Chromium, a Firefox, coturn, and what networks are made of. On Debian, as root, they are
// installed; elsewhere the one line to type is said and the build ends here, before anything long is run.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const wanted = [
  { names: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium', 'fonts-liberation'] },
  { names: ['firefox-esr', 'firefox'], packages: ['firefox-esr'] },
  { names: ['turnserver'], packages: ['coturn'] },
  // the laboratory of calls: network namespaces, routers, a line that can be made bad
  { names: ['ip'], packages: ['iproute2'] },
  { names: ['nft'], packages: ['nftables'] },
  { names: ['sysctl'], packages: ['procps'] },
  { names: ['openssl'], packages: ['openssl'] },
  { names: ['python3'], packages: ['python3'] },
];

const missing = wanted.filter(({ names }) => !names.some(onPath)).flatMap(({ packages }) => packages);
if (missing.length > 0) {
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(`The browser and call tests need ${missing.join(', ')}: install them, on Debian with: sudo ${line}`);
    process.exit(1);
  }
  console.log(`Installing what the tests need: ${line}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit', env: environment });
  execFileSync('apt-get', line.split(' ').slice(1), { stdio: 'inherit', env: environment });
}

function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
