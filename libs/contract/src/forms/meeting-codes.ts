/** Code lists of meetings with their captions. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const MEETING_KINDS = {
  interagency: t('межведомственное совещание', 'ведомствоаралық кеңес', 'interagency meeting'),
  review: t('пересмотр плана', 'жоспарды қайта қарау', 'review of the plan'),
  team: t('совещание команды', 'топ кеңесі', 'team meeting'),
}
export const MEETING_STATES = {
  draft: t('составлено, не созвано', 'құрылды, шақырылмады', 'drafted, not called'),
  called: t('созвано', 'шақырылды', 'called'),
  held: t('состоялось', 'өтті', 'held'),
  cancelled: t('отменено', 'болдырылмады', 'cancelled'),
}
export const INVITEE_KINDS = {
  agency: t('ведомство', 'ведомство', 'agency'),
  person: t('наш работник', 'өз қызметкеріміз', 'person of ours'),
  family: t('член семьи', 'отбасы мүшесі', 'member of the family'),
}
export const MEETING_ANSWERS = {
  accepted: t('придет', 'келеді', 'comes'),
  declined: t('не придет', 'келмейді', 'does not come'),
  tentative: t('возможно', 'мүмкін', 'perhaps'),
}
export const INVITEE_STANDINGS = {
  ...MEETING_ANSWERS,
  silent: t('нет ответа', 'жауап жоқ', 'silent'),
  bounced: t('приглашение не дошло', 'шақыру жетпеді', 'the invitation did not arrive'),
}
export const NEXT_STEPS = {
  continue: t('продолжать, назначить следующее', 'жалғастыру, келесісін белгілеу', 'go on, with a next meeting'),
  close: t('закрыть дело', 'істі жабу', 'close the case'),
}
/** CP-58: what a member who disagrees demands. */
export const DEMANDS = {
  'birth-family': t('поддержка в родной семье', 'туған отбасында қолдау', 'support in the birth family'),
  'foster-family': t('патронатная семья', 'патронаттық отбасы', 'foster family'),
  'family-home': t('детский дом семейного типа', 'отбасы үлгісіндегі балалар үйі', "family-type children's home"),
  other: t('другое', 'басқа', 'other'),
}
export const HANDED_WAYS = {
  paper: t('на бумаге', 'қағазда', 'on paper'),
  phone: t('прочитано по телефону', 'телефонмен оқылды', 'read out by phone'),
  'other-address': t('другим письмом', 'басқа хатпен', 'by another mail'),
}
/** How an answer came. */
export const ANSWER_WAYS = {
  link: t('по ссылке', 'сілтеме арқылы', 'by link'),
  calendar: t('из календаря', 'күнтізбеден', 'by calendar'),
  phone: t('по телефону', 'телефонмен', 'by phone'),
  mail: t('письмом, разобрал человек', 'хатпен, адам анықтады', 'by a mail that a person read'),
}
/** What somebody made of a mail that nobody could match. */
export const MAIL_SETTLED = {
  answer: t('записано ответом', 'жауап ретінде жазылды', 'written down as an answer'),
  'set-aside': t('отложено', 'шетке қойылды', 'set aside'),
}
/** What a mail was about. */
export const MAIL_KINDS = {
  'meeting-invited': t('приглашение', 'шақыру', 'invitation'),
  'meeting-changed': t('другое время или место', 'басқа уақыт не орын', 'another time or place'),
  'meeting-cancelled': t('совещание отменено', 'кеңес болмайды', 'the meeting is cancelled'),
  'meeting-uninvited': t('приглашение отозвано', 'шақыру қайтарып алынды', 'invitation taken back'),
  'meeting-reminded': t('напоминание', 'еске салу', 'reminder'),
  'meeting-not-held': t('не состоялось', 'өтпеді', 'not held'),
  protocol: t('протокол', 'хаттама', 'protocol'),
  'protocol-corrected': t('исправленный протокол', 'түзетілген хаттама', 'corrected protocol'),
}
/** What became of it. */
export const MAIL_STATES = {
  queued: t('в очереди', 'кезекте', 'queued'),
  accepted: t('принято почтовым сервером', 'пошта сервері қабылдады', 'taken by the mail server'),
  doubtful: t('неизвестно, дошло ли: отправим еще раз', 'жеткені белгісіз: тағы жібереміз', 'perhaps it arrived: it is sent once more'),
  failed: t('не отправлено', 'жіберілмеді', 'not sent'),
  bounced: t('вернулось', 'қайтып келді', 'came back'),
  opened: t('файл открыт', 'файл ашылды', 'the file was opened'),
  confirmed: t('получение подтверждено', 'алғаны расталды', 'receipt confirmed'),
  locked: t(
    'файл закрыт: код введен неверно много раз',
    'файл жабылды: код көп рет қате енгізілді',
    'the file is closed: too many wrong codes',
  ),
}
export const UNMATCHED_REASONS = {
  'not-invited': t('ответил тот, кого не приглашали', 'шақырылмаған адам жауап берді', 'an answer of somebody who was not invited'),
  delegated: t('вместо себя назван другой', 'орнына басқа адам аталды', 'somebody else was named instead'),
  countered: t('предложено другое время', 'басқа уақыт ұсынылды', 'another time was proposed'),
  'other-meeting': t('ответ на другое совещание', 'басқа кеңеске жауап', 'an answer to another meeting'),
  'older-sequence': t('ответ на прежнее время', 'бұрынғы уақытқа жауап', 'an answer to the time of before'),
  late: t('ответ после срока', 'мерзімнен кейінгі жауап', 'an answer after the last moment'),
  forged: t(
    'отправитель не тот, за кого себя выдает',
    'жіберуші өзін басқа адам ретінде көрсетті',
    'the sender is not who it claims to be',
  ),
  unreadable: t('письмо не прочитано', 'хат оқылмады', 'the mail could not be read'),
  automatic: t('автоматический ответ', 'автоматты жауап', 'an automatic answer'),
  'too-big': t('письмо слишком большое', 'хат тым үлкен', 'the mail is too big'),
  'no-meeting': t('совещание не найдено', 'кеңес табылмады', 'no such meeting'),
  'of-referral': t('ответ письмом на направление', 'жолдамаға хатпен жауап', 'a reply to the mail of a referral'),
}

/** What people do with a meeting, by the name of its act. */
// oxfmt-ignore
export const MEETING_ACT_LABELS = {
  confirmed: t('Созвать', 'Шақыру', 'Call it'),
  moved: t('Перенести или сменить место', 'Уақытын не орнын ауыстыру', 'Move, or change the place'),
  cancelled: t('Отменить', 'Болдырмау', 'Cancel'),
  invited: t('Пригласить еще', 'Тағы шақыру', 'Invite one more'),
  uninvited: t('Отозвать приглашение', 'Шақыруды қайтарып алу', 'Take an invitation back'),
  answered: t('Записать ответ по телефону', 'Телефондағы жауапты жазу', 'Write down an answer by phone'),
  'mail-answered': t('Письмо - это ответ участника', 'Хат - қатысушының жауабы', 'The mail is an answer of a participant'),
  'mail-set-aside': t('Отложить письмо', 'Хатты шетке қою', 'Set the mail aside'),
  'not-held': t('Не состоялось', 'Өтпеді', 'It was not held'),
  held: t('Состоялось: записать решения', 'Өтті: шешімдерді жазу', 'It was held: write down the decisions'),
  'protocol-written': t('Править протокол', 'Хаттаманы түзету', 'Edit the protocol'),
  'protocol-approved': t('Утвердить протокол', 'Хаттаманы бекіту', 'Approve the protocol'),
  'protocol-corrected': t('Исправить утвержденный протокол', 'Бекітілген хаттаманы түзету', 'Correct the approved protocol'),
  'protocol-handed': t('Протокол передан иначе', 'Хаттама басқаша берілді', 'The protocol was handed over another way'),
}
