import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** A phone number as E.164, default country Kazakhstan; what cannot be read is kept as it was typed. */
export function phoneOf(text: string): { e164?: string; typed: string } {
  const found = parsePhoneNumberFromString(text, 'KZ')
  return found?.isValid() ? { e164: found.number, typed: text } : { typed: text }
}
