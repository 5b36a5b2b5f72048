// Socket.IO on Node with ws, no deflate: node node.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";
import { serve } from "./application.mjs";

const http = createServer();
serve(new Server(http, { maxHttpBufferSize: 1e6 }));
http.listen(Number(process.argv[2]), "127.0.0.1");
