// node line.mjs ADDRESS PORT SOCKET: passes what comes to ADDRESS:PORT, in the namespace where it runs, on to a Unix socket, which
// leads out of it.
import { connect, createServer } from 'node:net';

const [address, port, socket] = process.argv.slice(2);
createServer({ noDelay: true }, (one) => {
  const other = connect(socket);
  one.on('error', () => other.destroy());
  other.on('error', () => one.destroy());
  one.pipe(other).pipe(one);
}).listen(Number(port), address, () => process.stdout.write('ready\n'));
