/** Right bodies of operations whose description has none, or only such as this world must refuse. Their holes are filled like those of a recipe. */
import type { ReferralPreparedInput } from '@tirek/contract/forms/referral'
import { REFERRAL_FORMS, REFERRAL_PREPARED } from '@tirek/contract/examples/referrals'

const REFERRAL = '@id:referrals:own:0@'
/** No order of the bodies asks for anything before an examination; whoever the territory has is written to. */
const { meeting: _meeting, agency: _agency, ...prepared } = REFERRAL_PREPARED
const examination: ReferralPreparedInput = { ...prepared, question: 'examination' }

const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const upload = (name: string, claimed: string, content: string) => ({ key: '@key@', name, claimed, content })
const uploads = {
  pdf: upload('Решение.pdf', 'application/pdf', Buffer.from(PDF).toString('base64')),
  png: upload('Снимок решения.png', 'image/png', PNG),
  'another type': upload('Решение.pdf', 'application/pdf', Buffer.from('MZ').toString('base64')),
  'no base64': upload('Решение 2.pdf', 'application/pdf', '%%%'),
}
const byLink = (form: object) => ({ key: 'link/@key@', referral: REFERRAL, sending: 1, at: 1_795_514_400_000, form })

/** By the operation's key. */
export const MORE_EXAMPLES: Record<string, Record<string, unknown>> = {
  'referrals POST /api/referrals': { pmpk: { ...examination, body: 'pmpk' }, commission: examination },
  // By mail, so that letters with links go out; and nothing of it lies in the future of this world.
  'referrals POST /api/referrals/{id}/{act}': {
    sent: { version: 1, form: { way: 'mail' } },
    'placement-confirmed': { version: 1, form: { ...REFERRAL_FORMS['placement-confirmed'], from: '2026-11-24T14:00:00+05:00' } },
  },
  'referrals POST /api/referrals/{id}/uploads': uploads,
  'referrals POST /internal/uploads': Object.fromEntries(
    Object.entries(uploads).map(([name, one]) => [name, { referral: REFERRAL, ...one }]),
  ),
  'referrals POST /internal/answers': {
    received: byLink({ answer: 'received', name: 'Г. Сериков' }),
    more: byLink({ answer: 'more-asked-for', text: 'Справку о доходах', name: 'Г. Сериков' }),
    postponed: byLink(REFERRAL_FORMS.answered),
    recommended: byLink({ answer: 'recommended', recommended: 'foster-family', text: 'Передать в семью', name: 'Г. Сериков' }),
  },
  'referrals POST /internal/mail-news': {
    reply: { what: 'reply', key: 'reply/@key@', referral: REFERRAL, at: 1_795_514_400_000 },
    sent: { key: 'news/@key@', mail: `referral/${REFERRAL}/1`, referral: REFERRAL, state: 'accepted', at: 1_795_514_400_000 },
  },
}
