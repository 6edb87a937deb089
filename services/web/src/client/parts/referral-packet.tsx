/** The packet of a referral: what it holds, made and looked at before it goes; once it went it stays as it is. */
import { ENCLOSURE_KINDS } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask, newKey, saveFile } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { capital, momentText } from '../when.ts'
import { referralWords } from '../words-of/referrals.ts'
import { ReferralDocuments } from './referral-documents.tsx'
import { ErrorSummary, Failure } from './states.tsx'

export function ReferralPacket({ page }: { page: ReferralPage }) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const today = dayOf(useNow(60_000))
  const queries = useQueryClient()
  const save = useMutation({ mutationFn: saveFile })
  const make = useMutation({
    mutationFn: () =>
      ask<ReferralPage>(`/api/referrals/${page.id}/packet-made`, {
        method: 'POST',
        body: { version: page.version, form: {} },
        key: newKey(),
      }),
    onSuccess: (made) => queries.setQueryData(['referral', page.id], made),
    onError: () => queries.invalidateQueries({ queryKey: ['referral', page.id] }),
  })
  const { packet } = page
  const file = packet?.file
  const mayMake = page.allowedActs.includes('packet-made')
  return (
    <section className="card pad" aria-labelledby="packet-title">
      <h2 id="packet-title">
        {ref.packet} {packet && packet.version > 1 && `(${packet.version})`}
      </h2>
      {!packet && <p className="soft">{ref.packetNone}</p>}
      {packet && (
        <p className="soft">
          {ref.madeAt} <span className="num">{momentText(packet.madeAt, lang, today)}</span>
          {packet.frozenAt !== undefined && ` · ${ref.packetFrozen}`}
        </p>
      )}
      {packet?.isStale && mayMake && <p className="note soon">{ref.packetStale}</p>}
      <ErrorSummary error={make.error} words={words} lang={lang} />
      {save.isError && <Failure error={save.error} words={words} />}
      {packet && (
        <>
          {packet.enclosures.length === 0 && <p>{ref.onlyLetter}</p>}
          <ol className="enclosures">
            {packet.enclosures.map((one) => (
              <li key={`${one.kind}${one.sha256}`}>
                {one.title || capital(ENCLOSURE_KINDS[one.kind][lang])}
                {one.pages && (
                  <span className="soft">
                    {' '}
                    · {one.pages} {ref.pages}
                  </span>
                )}
              </li>
            ))}
          </ol>
          {file && (
            <details>
              <summary>{ref.hash}</summary>
              <code className="hash">{file.sha256}</code>
            </details>
          )}
        </>
      )}
      <ReferralDocuments page={page} />
      <p className="row wrap">
        {file && (
          <button
            type="button"
            className="button quiet"
            disabled={save.isPending}
            onClick={() => save.mutate(`/api/referrals/${page.id}/files/${file.id}`)}
          >
            {ref.packetOpen}
          </button>
        )}
        {mayMake && (
          <button
            type="button"
            className={`button ${packet && !packet.isStale ? 'quiet' : ''}`}
            disabled={make.isPending}
            onClick={() => make.mutate()}
          >
            {make.isPending ? words.saving : packet ? ref.packetAgain : ref.packetMake}
          </button>
        )}
      </p>
    </section>
  )
}
