import { cues } from '../cues/cues.js';

/** What is decided, refused or agreed. */
export const decision = cues`
  agree*; decid*; decision*; approv*; sign; signs; signed; signature; signing; deal; accept*; reject*; refus*; ruled out; turned (?:it|them) down; told them no; not doing (?:it|that); we'll go with; let's do it; go ahead; start the pilot; committee; board; budget; ceiling; limit; not a yes; no name; whoever; final say; in charge; say yes; yes to; no to; cancel*; policy
`;
/** Who does what next, and when. */
export const nextStep = cues`
  to sum up; recap; next steps?; read it back; i'll (?!say|be honest|tell you|admit|be quick|keep it short|take (?:it|that)$); we'll; you'll (?:have|get); could you send; can you send; by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|the|noon|end); follow[- ]up; meeting; call again; kick-?off; pilot; trial; invite; invitation; calendar; diary; deadline; go[- ]live; live by; running by; at the (?:very )?latest; don't call
`;
/** What is bad, what it costs, what is wanted. */
export const need = cues`
  cost*; save*; saving*; spend*; paid; pay; pays; charge*; fee; fees; penalt*; fine; fines; overtime; lost; lose*; worr*; afraid; concern*; complain*; problem*; trouble; wrong; late; delay*; miss; missed; missing; wait*; manual*; by hand; spreadsheet*; paper; phone; email*; want; wants; need; needs; must; have to; require*; afraid; reject*; fail*; down; broke*; frozen; angry; too (?:high|big|late|slow|expensive|much); no (?:line|money|figure|date|budget); left; leave*; clos*; fell; fall; rose; grew; up from; down from; instead of; used to; at the moment; today; currently
`;
/** Greetings, noises, screens. */
export const chatter = cues`
  weather; weekend; birthday*; coffee; lunch; biscuits?; raining; sorry, (?:one second|what|say); hear me; see (?:my|the|your) screen; bye; cheers; thank you; thanks; hello; good morning; how are you; ha; lol; congratulations; headset; steal that; stealing; joking; good luck; take care; enjoy
`;
