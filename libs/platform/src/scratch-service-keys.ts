/** Keys of services for tests, made anew in each process. */
import { generateKeyPairSync } from 'node:crypto'

const NAMES = ['cases', 'relay', 'directory', 'notifications', 'meetings', 'referrals', 'issuer', 'web'] as const
const made = NAMES.map((name) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    name,
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    open: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  }
})

export const scratchPublicKeys: string = made.map(({ name, open }) => `${name}=${open}`).join(',')
export const scratchKeyOf = (name: (typeof NAMES)[number]): string => made.find((key) => key.name === name)!.secret
