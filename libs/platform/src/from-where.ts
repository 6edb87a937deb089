/** Where a request comes from: our web server says whom it serves, signed with the key that the services share; nobody else is believed. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

export const FROM_HEADER = 'x-tirek-from'

const sealOf = (secret: string, request: string, address: string) =>
  createHmac('sha256', secret).update(`from-where\n${request}\n${address}`).digest('base64url')

/** An address as it is written down: an IPv4 address stays one though the socket speaks IPv6. */
export const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')

/** The header's value; `request` is the id that travels with it in `x-request-id`. */
export const fromHeader = (secret: string, request: string, address: string): string => {
  const plain = plainAddress(address)
  return `${plain} ${sealOf(secret, request, plain)}`
}

/** The address that our web server signed for this request, else the socket's own. */
export function fromWhere(secret: string, request: string, header: string | string[] | undefined, socket: string | undefined): string {
  if (typeof header === 'string') {
    const [address = '', seal = ''] = header.split(' ')
    const expected = Buffer.from(sealOf(secret, request, address))
    const given = Buffer.from(seal)
    if (isIP(address) !== 0 && given.length === expected.length && timingSafeEqual(given, expected)) return address
  }
  return plainAddress(socket)
}
