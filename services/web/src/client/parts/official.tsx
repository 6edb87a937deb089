import { useHere } from '../me.tsx'

/** The official Russian caption beside that of another language, as papers have it. Nothing where both say the same. */
export function Official({ ru, said }: { ru: string | undefined; said: string }) {
  const { lang } = useHere()
  if (lang === 'ru' || ru === undefined || ru === said) return null
  return (
    <small lang="ru" className="official">
      {ru}
    </small>
  )
}
