import type { Text } from '@tirek/procedure/programme'

/** How an act came into a case that nobody of ours did. */
export const ORIGINS = {
  'one-time-link': {
    ru: 'по ссылке из письма, никем из нас',
    kk: 'хаттағы сілтеме арқылы, біздің ешқайсымыз емес',
    en: 'by the link of a mail, by nobody of ours',
  },
} as const satisfies Record<string, Text>
export type Origin = keyof typeof ORIGINS
export const ORIGIN_CODES = Object.keys(ORIGINS) as [Origin, ...Origin[]]
