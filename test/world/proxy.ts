import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A TCP proxy that can be cut: what is behind it is away then, without being harmed. */
export class Proxy {
  readonly #target: { host: string; port: number }
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #cut = false

  constructor(address: string) {
    const [host, port] = address.split(':') as [string, string]
    this.#target = { host, port: Number(port) }
  }

  async open(): Promise<string> {
    const server = createServer((near) => {
      if (this.#cut) return void near.destroy()
      const far = connect(this.#target)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one)
        one.setNoDelay(true)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => (this.#sockets.delete(one), other.destroy()))
      }
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    this.#server = server
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.#cut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  restore(): void {
    this.#cut = false
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    return new Promise((closed) => (this.#server ? this.#server.close(() => closed()) : closed()))
  }
}
