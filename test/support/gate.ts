import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { freePort } from './redis';

/** A door in front of a server. Shut, it looks to a client as if the server had crashed: reset, then refused. */
export interface Gate {
  readonly port: number;
  open(): Promise<void>;
  shut(): Promise<void>;
}

/** An open gate on a free loopback port, in front of a server on loopback; a function says where the server is by now. */
export async function gateTo(serverPort: number | (() => number)): Promise<Gate> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const open = async () => {
    server = createServer((inside) => {
      const outside = connect(typeof serverPort === 'number' ? serverPort : serverPort(), '127.0.0.1');
      keep(inside);
      keep(outside);
      inside.pipe(outside).pipe(inside);
      inside.on('close', () => outside.destroy());
      outside.on('close', () => inside.destroy());
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const shut = async () => {
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  return { port, open, shut };
}
