/** What a family may be asked to agree to, in which words, and whom the law lets be told without asking. */
import type { Text } from '../programme.ts'
import type { Day } from '../time.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** What goes beyond the procedure's own duty. */
// oxfmt-ignore
export const CONSENT_PURPOSES = {
  support:          t('сопровождение семьи по плану', 'отбасын жоспар бойынша сүйемелдеу', 'support of the family by a plan'),
  'share-agencies': t('передача сведений ведомствам помощи', 'көмек ведомстволарына мәлімет беру', 'sharing with agencies that help'),
  'share-ngo':      t('передача сведений НПО и спонсорам', 'ҮЕҰ мен демеушілерге мәлімет беру', 'sharing with NGOs and sponsors'),
  examination:      t('обследование ребенка в ПМПК', 'баланы ПМПК-да тексеру', 'examination of the child by the PMPK'),
  photographs:      t('фотографии и видео', 'фото мен видео', 'photographs and video'),
  'remote-contact': t('дистанционные контакты', 'қашықтан байланыс', 'remote contacts'),
} as const satisfies Record<string, Text>
export type ConsentPurpose = keyof typeof CONSENT_PURPOSES

/** Who may speak for the child. */
export const CONSENT_BY = {
  parent: t('родитель', 'ата-ана', 'parent'),
  guardian: t('опекун', 'қамқоршы', 'guardian'),
  'other-representative': t('другой законный представитель', 'басқа заңды өкіл', 'other legal representative'),
} as const satisfies Record<string, Text>
export type ConsentBy = keyof typeof CONSENT_BY

type Addressee = {
  /** Told by duty, or only with the family's consent to this. */
  needs: 'duty' | ConsentPurpose
  rule: string
  text: Text
}

/** RT-02, RT-03: to whom a request may go while the family refuses. Kinds of agencies as the directory names them, and single persons (CP-44). */
// oxfmt-ignore
export const ADDRESSEES = {
  police:                { needs: 'duty',           rule: 'CP-13', text: t('полиция', 'полиция', 'police') },
  'juvenile-inspection': { needs: 'duty',           rule: 'CP-13', text: t('ювенальная инспекция', 'ювеналды инспекция', 'juvenile inspection') },
  'guardianship-body':   { needs: 'duty',           rule: 'CP-54', text: t('орган опеки и попечительства', 'қорғаншылық және қамқоршылық органы', 'guardianship body') },
  'childrens-rights':    { needs: 'duty',           rule: 'CP-13', text: t('департамент по охране прав детей', 'балалар құқықтарын қорғау департаменті', 'department for children’s rights') },
  commission:            { needs: 'duty',           rule: 'CP-54', text: t('комиссия', 'комиссия', 'commission') },
  court:                 { needs: 'duty',           rule: 'CP-121', text: t('суд', 'сот', 'court') },
  prosecutor:            { needs: 'duty',           rule: 'CP-01', text: t('прокуратура', 'прокуратура', 'prosecutor') },
  'childrens-home':      { needs: 'duty',           rule: 'CP-15', text: t('дом ребенка', 'балалар үйі', 'children’s home') },
  'maternity-hospital':  { needs: 'duty',           rule: 'CP-12', text: t('родильный дом', 'перзентхана', 'maternity hospital') },
  'social-protection':   { needs: 'share-agencies', rule: 'CP-26', text: t('социальная защита', 'әлеуметтік қорғау', 'social protection') },
  education:             { needs: 'share-agencies', rule: 'CP-26', text: t('образование', 'білім беру', 'education') },
  preschool:             { needs: 'share-agencies', rule: 'CP-26', text: t('дошкольная организация', 'мектепке дейінгі ұйым', 'preschool') },
  akimat:                { needs: 'share-agencies', rule: 'CP-26', text: t('акимат', 'әкімдік', 'akimat') },
  pmpk:                  { needs: 'examination',    rule: 'CP-57', text: t('ПМПК', 'ПМПК', 'PMPK') },
  ngo:                   { needs: 'share-ngo',      rule: 'CP-44', text: t('НПО', 'ҮЕҰ', 'NGO') },
  'day-centre':          { needs: 'share-ngo',      rule: 'CP-44', text: t('дневной центр', 'күндізгі орталық', 'day centre') },
  sponsor:               { needs: 'share-ngo',      rule: 'CP-44', text: t('спонсор, частное лицо', 'демеуші, жеке тұлға', 'sponsor, private person') },
} as const satisfies Record<string, Addressee>
export type AddresseeKind = keyof typeof ADDRESSEES

/** A version of the words that are read to the family or that it signs. A released one never changes: another wording is another version. */
export type ConsentText = { id: string; from: Day; text: Text; hash: string }

export const CONSENT_TEXTS = [
  {
    id: '2026-1',
    from: '2026-01-01',
    text: t(
      'Я представляю ребёнка. Мне объяснили, какие сведения о ребёнке и семье хранит организация, зачем и как долго, кто их читает. Я согласен(на) на отмеченное. Согласие добровольное; я могу отозвать его в любой день, и помощь, положенная по закону, от этого не прекратится. Опасность для ребёнка, срочные меры и обязанности по закону согласия не ждут.',
      'Мен баланың өкілімін. Ұйым бала мен отбасы туралы қандай мәлімет сақтайтынын, не үшін және қанша уақыт, кім оқитынын маған түсіндірді. Белгіленгенге келісемін. Келісім ерікті; оны кез келген күні қайтарып ала аламын, заңмен берілетін көмек бұдан тоқтамайды. Балаға қауіп, шұғыл шаралар және заң міндеттері келісімді күтпейді.',
      'I represent the child. I was told what is held on the child and the family, why and how long, and who reads it. I agree to what is ticked. I do so freely; I may withdraw it on any day, and help that the law grants does not end by it. Danger to the child, urgent measures and legal duties do not wait for consent.',
    ),
    hash: '65a69c5e43e56ad4',
  },
] as const satisfies readonly ConsentText[]

export type ConsentTextId = (typeof CONSENT_TEXTS)[number]['id']
