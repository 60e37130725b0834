import { describe, expect, it } from '@jest/globals';
import type { AnswerOf, CompetitorStance } from '@harmony/contracts';
import { read } from '../language/reading.js';
import { callOf } from '../testing/conversations.js';
import { competitors } from './answer-competitors.js';

/** Turns begin with `H:` or `C:`. */
async function stanceIn(lines: readonly string[]): Promise<CompetitorStance | undefined> {
  const reading = await read(callOf(lines));
  const background = { language: 'en', knowledge: '', handbook: '', context: '' };
  const question = { type: 'COMPETITORS' as const, track: ['Northgate'], exclude: [] };
  const { answer } = await competitors.answer({ question, background, reading });
  return (answer as AnswerOf<'COMPETITORS'> | null)?.mentions[0]?.stance;
}

/** As people speak of those who sell the same, in many trades. */
const said: Readonly<Record<CompetitorStance, readonly (readonly string[])[]>> = {
  CURRENT: [
    ['H:What do you use for the bookings at the moment?', 'C:Northgate. Has been Northgate since I started.'],
    ['H:Who does your catering now?', 'C:That would be Northgate, they bring it in three vans every morning.'],
    ['H:Who insures the cargo today?', 'C:Northgate. The policy runs until the end of June.'],
    ["C:We're with Northgate, have been forever, and I'm not unhappy."],
    ['C:The reception works in Northgate and the doctors on paper.'],
    ["C:Our Northgate licence is up in March, so I'm looking around."],
    ['C:We pay Northgate about nine hundred a month, and support never answers.'],
    [
      'H:So you are replacing Northgate?',
      'C:If we find something, yes. It crashes twice a week and the staff hate it.',
    ],
    ['C:Half the practice books in Northgate. It does not do reminders.'],
    ['C:At the moment everything goes through Northgate, and they take four days to confirm.'],
    ["C:Northgate's our current broker. They renewed us without a word last year."],
    [
      'C:Well, Northgate handles the claims for us today.',
      'H:And are you happy with that?',
      'C:Not with the speed, no.',
    ],
    ['C:The other branch already uses Northgate.'],
    ['C:We have Northgate for the phones, they came with the building.'],
    ['C:Northgate has the contract for the two big sites until September.'],
    ['C:Right now Northgate covers the warehouse and nobody covers the road.'],
    ['C:We get our cover through Northgate, via a broker in Leeds.'],
    ["C:Every month Northgate sends me an invoice and every month it's wrong."],
    ['C:the reminders come from northgate, about 40 cents per text'],
    ["C:My premium with Northgate went up by nine percent in January, that's why I'm calling."],
    ['H:You mentioned Northgate in your form.', "C:Yes, that's what's on the wall at the moment."],
  ],
  CONSIDERED: [
    ['C:Northgate are sending somebody on Friday to measure the roof.'],
    ['C:I should be open with you, Northgate has also made us an offer. Eleven percent below yours.'],
    ["C:We're also speaking to Northgate, I have a call with them next week."],
    ['H:Who else are you looking at?', 'C:Northgate. And you. Just the two.'],
    ["C:My colleague has seen Northgate at a friend's practice and wants a demo."],
    ['C:Northgate would do it for seven thousand, that is what is on the table.'],
    ["C:It's between you and Northgate, to be honest."],
    ['C:We have a free trial of Northgate running until the end of the month.'],
    ['C:The board wants to see Northgate as well before we decide.'],
    ['C:Northgate promised an answer by Monday, they are quick.'],
    ["C:Northgate's premium is lower, about four thousand less a year, but the excess is higher."],
    ["C:The other quote is from Northgate and it's eight hundred cheaper."],
    ["C:I've asked three firms. You, Northgate, and a guy from the village."],
    ["C:Northgate came by on Tuesday and climbed on the roof. I'm waiting for their paper."],
    ['H:Is anybody else bidding?', 'C:Northgate, as far as I know.'],
    ["C:My accountant prefers Northgate, I prefer you, so we'll see."],
    ["C:With Northgate I'd get the battery for free. Why should I pay for yours?"],
    ['C:got a price from northgate too btw, will compare on the weekend'],
    ["C:We're doing a taste test with Northgate on the fourth, same as with you."],
    ["C:Northgate is our plan B if you can't make the date."],
    ["C:Next week Northgate shows us theirs, then we'll decide."],
  ],
  DISMISSED: [
    ['C:We had Northgate until 2022. Never again.'],
    ['H:Did you look at Northgate?', 'C:We did. Nice people, but no offline mode, so that was that.'],
    ['C:Northgate wanted a five-year contract. I showed them the door.'],
    ['C:I asked Northgate too, but they do not cover refrigerated goods, so they fell out.'],
    ['C:Northgate was on our list, but we took them off after the second meeting.'],
    ['C:We left Northgate last year because they doubled the price.'],
    ['C:We switched from Northgate to paper, believe it or not.'],
    ['C:Northgate came in way over budget, so we are no longer talking to them.'],
    ['C:Northgate keeps calling, but the answer is no.'],
    ["C:I tried Northgate for a week. The parents couldn't log in, so I stopped."],
    ["C:Northgate didn't even reply to our mail, so forget them."],
    ['C:Northgate is out. The references were terrible.'],
    ["C:Northgate, no. My brother has them and he's been waiting for a part since March."],
    [
      'C:We went to see Northgate in the spring.',
      'H:And?',
      'C:Well, they want everything in the cloud and our lawyers said forget it.',
    ],
    ['C:We were Northgate customers for ten years. They lost a container and argued for eight months, so we moved.'],
    ['C:Northgate was cheaper, but the children left half of it on the plate. That experiment lasted a term.'],
    ["C:I've said goodbye to Northgate, that was one form too many."],
    ['C:i wouldnt touch northgate with a stick'],
    ["C:Northgate can't do two locations, so they're not in it any more."],
    ["C:The Northgate offer went in the drawer, it was a copy of last year's."],
    [
      "H:What about Northgate, weren't they in the picture?",
      'C:They were. Then they asked for a deposit and we lost our appetite.',
    ],
    ['C:We looked at Northgate two years ago and it was far too complicated for our size.'],
    ['C:After the outage we kicked Northgate out within a week.'],
    ["C:Northgate? I sent them home. They hadn't even read the tender."],
  ],
  NEUTRAL: [
    ['C:Is that the same thing as Northgate does?', 'H:Similar, yes.'],
    ['C:My neighbour has Northgate on his roof.'],
    ["C:I've heard of Northgate, they advertise on the radio, but I don't know them."],
    ['H:Some of our customers came from Northgate.', 'C:Okay.'],
    ['C:How are you different from Northgate?', 'H:We come to your site.'],
    ['C:Northgate called me out of the blue last week. I was in a meeting.'],
    ["C:Northgate has a van parked in our street, that's all I know about them."],
    ['C:Is Northgate one of yours?', "H:No, they're independent."],
    ['C:A friend of mine works at Northgate.'],
    ['H:Compared to Northgate we have more staff on the phones.', "C:I wouldn't know."],
    ['C:The hospital next door is a Northgate house, I believe.'],
    ['C:Everybody rings us these days, Northgate, the energy people, the bank.'],
    ['C:Do you know what Northgate charges for that, roughly?', "H:I don't, I'm afraid."],
  ],
};

describe('what is said of a competitor', () => {
  it.each(Object.entries(said).flatMap(([stance, all]) => all.map((lines) => [stance, lines] as const)))(
    'is %s: %j',
    async (stance, lines) => expect(await stanceIn(lines)).toBe(stance),
  );
});
