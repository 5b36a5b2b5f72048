import { once } from "node:events";
import net from "node:net";

/** A TCP proxy that can cut all its connections: what a client sees when its server dies. */
export class CuttingProxy {
  #server;
  #pairs = new Set();
  #isCut = false;

  static async before(target) {
    const proxy = new CuttingProxy();
    proxy.#server = net.createServer((near) => {
      if (proxy.#isCut) {
        near.destroy();
        return;
      }
      const far = net.connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        proxy.#pairs.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          proxy.#pairs.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  /** Ends all connections, and new ones at once. */
  cut() {
    this.#isCut = true;
    this.#pairs.forEach((socket) => socket.destroy());
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.#server.close();
    this.cut();
  }
}
