// Socket.IO on Bun with its own engine: bun bun.mjs PORT
import { Server as Engine } from "@socket.io/bun-engine";
import { Server } from "socket.io";
import { serve } from "./application.mjs";

const io = new Server();
const engine = new Engine({ path: "/socket.io/", maxHttpBufferSize: 1e6 });
io.bind(engine);
serve(io);
Bun.serve({ ...engine.handler(), port: Number(process.argv[2]), hostname: "127.0.0.1", idleTimeout: 30 });
