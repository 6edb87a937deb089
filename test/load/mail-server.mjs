// A mail server of its own process that takes KEEP_MS to keep a mail before it says 250, as one with a queue on a disk does. Prints its port.
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, _, done) {
    stream.resume()
    stream.on('end', () => setTimeout(done, Number(process.env.KEEP_MS)))
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port))
