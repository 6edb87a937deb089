/** What happened with a referral, one line each, in words. */
import { PLACEMENTS } from '@tirek/contract/forms/codes'
import { RECOMMENDED_FORMS, REFERRAL_ANSWERS, REFERRAL_DECISIONS } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { REFERRAL_ROWS, type ReferralRow } from '@tirek/procedure/referrals/rows'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { saveFile } from '../api.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { lineOf, type Happened } from '../referral-line.ts'
import { capital, dayText, momentText } from '../when.ts'
import { TOLD } from '../words.ts'
import { ACTS_DONE, MAIL_KINDS, MAILS_ARE, referralWords } from '../words-of/referrals.ts'
import { Failure } from './states.tsx'

export function ReferralLine({ page }: { page: ReferralPage }) {
  const { lang } = useHere()
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  return (
    <ol className="history gap">
      {lineOf(page).map((one) => {
        const by = one.by ? people.get(one.by)?.name : undefined
        return (
          <li key={one.key} className={one.what === 'step' ? 'hollow' : ''}>
            <What one={one} page={page} today={today} />
            <small className="num said">
              {momentText(one.at, lang, today)}
              {by && ` · ${by}`}
            </small>
          </li>
        )
      })}
    </ol>
  )
}

function What({ one, page, today }: { one: Happened; page: ReferralPage; today: string }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  switch (one.what) {
    case 'prepared':
      return <b>{ref.wasPrepared}</b>
    case 'received':
      return (
        <b>
          {ref.wasReceived} <small>{ref.byLink}</small>
        </b>
      )
    case 'act':
      return <b>{ACTS_DONE[one.act]?.[lang] ?? one.act}</b>
    case 'step': {
      const row = REFERRAL_ROWS[one.row as ReferralRow]
      return (
        <span>
          {row?.text[lang] ?? one.row}{' '}
          <small>{one.spared ? ref.spared : `→ ${row?.do === 'mail' ? ref.toldBody : (TOLD[row?.whom ?? '']?.[lang] ?? '')}`}</small>
        </span>
      )
    }
    case 'sent':
      return <Sent sending={one.sending} today={today} />
    case 'answered':
      return <Answered answer={one.answer} page={page} today={today} />
  }
}

function Sent({ sending, today }: { sending: ReferralPage['sendings'][number]; today: string }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  return (
    <>
      <b>{sending.way === 'paper' ? ref.wasHanded : ref.wasMailed}</b>
      {sending.number && ` № ${sending.number}`}
      {sending.day && ` ${dayText(sending.day, lang, today)}`}
      {sending.addressee && `, ${sending.addressee}`}
      {sending.to && `, ${sending.to}`}
      {sending.mails.length > 0 && (
        <ul className="sub-list" aria-label={ref.delivery}>
          {sending.mails.map((mail) => (
            <li key={`${mail.kind}${mail.at}`}>
              {capital(MAIL_KINDS[mail.kind]?.[lang] ?? mail.kind)}:{' '}
              <span
                className={`tag ${['bounced', 'failed', 'locked'].includes(mail.state) ? 'late' : mail.state === 'confirmed' ? 'kept' : 'plain'}`}
              >
                {MAILS_ARE[mail.state][lang]}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sending.code && (
        <span className="soft said">
          {ref.code}: <strong className="num">{sending.code}</strong>
        </span>
      )}
    </>
  )
}

function Answered({ answer, page, today }: { answer: ReferralPage['answers'][number]; page: ReferralPage; today: string }) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const { content } = answer
  const save = useMutation({ mutationFn: saveFile })
  const document = [
    content.documentNumber && `№ ${content.documentNumber}`,
    content.documentDay && dayText(content.documentDay, lang, today),
  ]
  return (
    <>
      <b>{capital(REFERRAL_ANSWERS[content.answer][lang])}</b>
      {content.newDay && ` · ${dayText(content.newDay, lang, today)}`}
      {content.decision && ` · ${REFERRAL_DECISIONS[content.decision][lang]}`}
      {content.placement && ` · ${PLACEMENTS[content.placement][lang]}`}
      {content.recommended && ` · ${RECOMMENDED_FORMS[content.recommended][lang]}`}
      {document.some(Boolean) && ` · ${document.filter(Boolean).join(', ')}`}
      {[content.text, content.reasons].filter(Boolean).map((text) => (
        <span key={text} className="said">
          {text}
        </span>
      ))}
      <span className="soft said">{[content.name, content.position, answer.by === 'link' && ref.byLink].filter(Boolean).join(', ')}</span>
      {save.isError && <Failure error={save.error} words={words} />}
      {answer.files.length > 0 && (
        <ul className="sub-list" aria-label={ref.files}>
          {answer.files.map((file) => (
            <li key={file.id}>
              <button
                type="button"
                className="plain"
                disabled={save.isPending}
                onClick={() => save.mutate(`/api/referrals/${page.id}/files/${file.id}`)}
              >
                {file.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
