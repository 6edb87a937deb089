/** The workflows a worker hosts. */
export { caseWorkflow } from './case.ts'
export { urgentResponse } from './urgent-response.ts'
export { meetingWorkflow } from './meeting.ts'
export { referralWorkflow } from './referral.ts'
