/** Code lists of the family: how people belong together, and what surrounds them. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const PARENTHOODS = {
  biological: t('родной', 'туған', 'biological'),
  adopted: t('усыновитель', 'асырап алушы', 'adoptive'),
  foster: t('приемный или патронатный', 'қабылдаушы не патронат', 'foster'),
  guardian: t('опекун', 'қамқоршы', 'guardian'),
} as const satisfies Record<string, Text>

export const COUPLES = {
  married: t('в браке', 'некеде', 'married'),
  partners: t('живут вместе без брака', 'некесіз бірге тұрады', 'partners'),
  separated: t('живут врозь', 'бөлек тұрады', 'separated'),
  divorced: t('в разводе', 'ажырасқан', 'divorced'),
} as const satisfies Record<string, Text>

export const BONDS = {
  close: t('близкие', 'жақын', 'close'),
  'very-close': t('слишком близкие', 'тым жақын', 'too close'),
  distant: t('отдаленные', 'алшақ', 'distant'),
  conflict: t('конфликт', 'жанжал', 'conflict'),
  'close-conflict': t('близкие и конфликтные', 'жақын әрі жанжалды', 'close and in conflict'),
  'cut-off': t('отношения прерваны', 'қатынас үзілген', 'cut off'),
  violence: t('насилие', 'зорлық-зомбылық', 'violence'),
} as const satisfies Record<string, Text>

export const SYSTEMS = {
  relatives: t('родственники', 'туыстар', 'relatives'),
  friends: t('друзья', 'достар', 'friends'),
  neighbours: t('соседи', 'көршілер', 'neighbours'),
  kindergarten: t('детский сад', 'балабақша', 'kindergarten'),
  school: t('школа', 'мектеп', 'school'),
  clinic: t('поликлиника или больница', 'емхана не аурухана', 'clinic or hospital'),
  'social-protection': t('социальная защита', 'әлеуметтік қорғау', 'social protection'),
  guardianship: t('орган опеки', 'қорғаншылық органы', 'guardianship body'),
  police: t('полиция', 'полиция', 'police'),
  court: t('суд', 'сот', 'court'),
  institution: t('учреждение для детей', 'балалар мекемесі', "children's institution"),
  ngo: t('НПО', 'ҮЕҰ', 'NGO'),
  work: t('работа', 'жұмыс', 'work'),
  community: t('религиозная община', 'діни қауым', 'religious community'),
  leisure: t('кружки и отдых', 'үйірмелер мен демалыс', 'clubs and leisure'),
  other: t('другое', 'басқа', 'other'),
} as const satisfies Record<string, Text>

export const TIES = {
  strong: t('сильная', 'мықты', 'strong'),
  ordinary: t('обычная', 'қалыпты', 'ordinary'),
  weak: t('слабая', 'әлсіз', 'weak'),
  stressful: t('напряженная', 'шиеленісті', 'stressful'),
  broken: t('прервана', 'үзілген', 'broken'),
} as const satisfies Record<string, Text>

export const FLOWS = {
  'to-family': t('к семье', 'отбасыға қарай', 'to the family'),
  'from-family': t('от семьи', 'отбасыдан', 'from the family'),
  both: t('в обе стороны', 'екі жаққа', 'both ways'),
  none: t('не видно', 'байқалмайды', 'none to be seen'),
} as const satisfies Record<string, Text>
