import { enumOf } from '@harmony/api';
import { registerEnumType } from '@nestjs/graphql';
import { changeCauses, changeKinds } from '../domain/change.js';
import { recommendationCodes, recommendations } from '../domain/recommendation.js';
import { volatilityRatings } from '../domain/volatility.js';
import { baselines } from '../reviewed-revisions.js';
import { changeFilters } from '../revision-changes.js';

const kindDescriptions = {
  CHANGED: { description: 'It is there before and after, and is another one.' },
  UNCHANGED: { description: 'It is there before and after, and says the same.' },
  ADDED: { description: 'It is there with the revision only.' },
  REMOVED: { description: 'It is not there any more with the revision: not asked any more, or failed.' },
};

export const ChangeKindEnum = enumOf(changeKinds);
registerEnumType(ChangeKindEnum, {
  name: 'ChangeKind',
  description: 'What a revision does to a result.',
  valuesMap: kindDescriptions,
});

export const ChangeFilterEnum = enumOf(changeFilters);
registerEnumType(ChangeFilterEnum, {
  name: 'ChangeFilter',
  description: 'Which results of a comparison are listed.',
  valuesMap: { ...kindDescriptions, ALL: { description: 'Whatever the revision does to them.' } },
});

export const ChangeCauseEnum = enumOf(changeCauses);
registerEnumType(ChangeCauseEnum, {
  name: 'ChangeCause',
  description: 'Which input of a result that changed is another one than before.',
  valuesMap: {
    DEFINITION_CHANGED: { description: 'The question or its context.' },
    KNOWLEDGE_CHANGED: { description: "The project's knowledge or the workspace's handbook." },
    LANGUAGE_CHANGED: { description: 'The language of answers.' },
    ANALYST_CHANGED: { description: 'Another engine, model, parameter or template.' },
    TRANSCRIPT_CHANGED: { description: 'Another version of the transcript.' },
    CONVERSATION_CHANGED: { description: 'The title, the time, or who the speakers are.' },
    SEVERAL_CHANGED: { description: 'More than one of them, as where it is asked with knowledge now, or no longer.' },
    NOTHING_CHANGED: { description: 'None of them: it was asked again, and the answer is another one.' },
    INPUTS_UNKNOWN: { description: 'A result is older than the records of what it was made from.' },
  },
});

export const VolatilityRatingEnum = enumOf(volatilityRatings);
registerEnumType(VolatilityRatingEnum, {
  name: 'VolatilityRating',
  description: 'How much of what is in force a revision changes.',
  valuesMap: {
    LOW: { description: 'Under 5 % of the compared results.' },
    MEDIUM: { description: '5 to 20 %, or more, where no more changed than answers move by themselves.' },
    HIGH: { description: 'Over 20 %.' },
  },
});

export const ComparedWithEnum = enumOf(baselines);
registerEnumType(ComparedWithEnum, {
  name: 'ComparedWith',
  description: 'What a revision is compared with.',
  valuesMap: {
    IN_FORCE_NOW: { description: 'What is in force now, without the revision itself.' },
    IN_FORCE_BEFORE: { description: 'It is live: what was in force before it was made so.' },
  },
});

export const RecommendationCodeEnum = enumOf(recommendationCodes);
registerEnumType(RecommendationCodeEnum, {
  name: 'RecommendationCode',
  description: 'What a review recommends.',
  valuesMap: Object.fromEntries(Object.entries(recommendations).map(([code, description]) => [code, { description }])),
});
