import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real mail server on this machine, and how it behaves for the next message. */
export class Postman {
  readonly received: ParsedMail[] = [];
  behaviour: 'accepts' | 'hangs up after the message' | 'refuses the address' = 'accepts';
  private server: SMTPServer | undefined;

  async open(port = 0): Promise<number> {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        done(
          this.behaviour === 'refuses the address'
            ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
            : null,
        ),
      onData: (stream, session, done) => {
        void simpleParser(stream).then((mail) => {
          this.received.push(mail);
          if (this.behaviour === 'accepts') return done();
          this.behaviour = 'accepts';
          for (const connection of (
            this.server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }
          ).connections) {
            if (connection.id === session.id) connection._socket.destroy();
          }
        });
      },
    });
    // A connection that we cut is an error of the server's too.
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.server!.listen(port, '127.0.0.1', resolve));
    return (this.server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server!.close(resolve));
  }
}
