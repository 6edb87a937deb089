/** Where a request comes from: our web server says whom it serves, signed with its own key; nobody else is believed. */
import { sign, verify, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

export const FROM_HEADER = 'x-tirek-from'

const bytesOf = (request: string, address: string) => Buffer.from(`from-where\n${request}\n${address}`)

/** An address as it is written down: an IPv4 address stays one though the socket speaks IPv6. */
export const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1)[0]!

/** The header's value; `request` is the id that travels with it in `x-request-id`, `key` the web server's own. */
export const fromHeader = (key: KeyObject, request: string, address: string): string => {
  const plain = plainAddress(address)
  return `${plain} ${sign(null, bytesOf(request, plain), key).toString('base64url')}`
}

/** The address that our web server signed for this request, else the socket's own. `keys`: its open keys. */
export function fromWhere(
  keys: readonly KeyObject[],
  request: string,
  header: string | string[] | undefined,
  socket: string | undefined,
): string {
  if (typeof header === 'string') {
    const [address = '', seal = ''] = header.split(' ')
    const signature = Buffer.from(seal, 'base64url')
    if (isIP(address) !== 0 && keys.some((key) => verify(null, bytesOf(request, address), key, signature))) return address
  }
  return plainAddress(socket)
}
