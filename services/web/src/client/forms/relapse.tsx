/** Relapse (CP-63): what has become known, the criteria of risk with the level they propose; a high one starts the hour. */
import { dayOf } from '@tirek/procedure/time'
import { formsOf } from '../case-data.ts'
import { captionOf } from '../fields.ts'
import { useHere } from '../me.tsx'
import { CriteriaTicks, Proposal } from '../parts/criteria.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { Level } from '../parts/request-fields.tsx'
import { Written } from '../parts/written.tsx'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { lookBehind } from './after-closure.ts'
import type { FaceProps } from './face.tsx'
import './forms.css'

export function RelapseFields({ timeline, now }: FaceProps) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  const { value, schema } = useForm()
  const codes = ((value as { criteria?: string[] }).criteria ?? []) as readonly string[]
  const look = lookBehind(timeline)
  const [closed] = formsOf(timeline, 'closure-asked')
  return (
    <>
      <p className="note">{frm.relapseLead}</p>
      {look && (
        <p className="soft">
          {frm.relapseFrom} {dayText(dayOf(look.at), lang, dayOf(now))}.
        </p>
      )}
      <Field at={['ground']} caption={frm.relapseGround} required />
      <Field at={['reportedAt']} hint={frm.relapseReported} required />
      {closed && (
        <details>
          <summary>{frm.relapseWas}</summary>
          <Written kind="closure-asked" form={closed} />
        </details>
      )}
      <CriteriaTicks at={['criteria']} said={captionOf(schema.properties?.['criteria'] ?? {}, lang, words.partRisk)} />
      <Level codes={codes} />
      <Proposal codes={codes} lang={lang} words={words} />
    </>
  )
}
