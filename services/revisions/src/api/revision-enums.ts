import { enumOf } from '@harmony/api';
import { registerEnumType } from '@nestjs/graphql';
import { revisionActions } from '../domain/revision-state.js';
import { historyActions } from '../projections/history.js';

export const RevisionActionEnum = enumOf(revisionActions);
registerEnumType(RevisionActionEnum, {
  name: 'RevisionAction',
  description: 'What the reader can do with a revision now.',
  valuesMap: {
    REVIEW_CHANGES: { description: 'Compare it with what is in force.' },
    EXPORT_CHANGES: { description: 'Have a file made of the differences.' },
    ATTRIBUTE_CHANGES: { description: 'attributeChanges: learn what made results change.' },
    PUBLISH: { description: 'publishRevision: ready to be made live.' },
    MAKE_LIVE: { description: 'makeRevisionLive: put in force, for the first time or again.' },
    ROLL_BACK: { description: 'rollBackRevision: as if it had not been made live.' },
    CANCEL: { description: 'cancelRevision: stop it.' },
    RETRY: { description: 'retryRevision: try again what failed.' },
  },
});

export const RevisionHistoryActionEnum = enumOf(historyActions);
registerEnumType(RevisionHistoryActionEnum, {
  name: 'RevisionHistoryAction',
  description: 'What happened to a revision.',
  valuesMap: {
    REQUESTED: { description: 'Somebody asked for it.' },
    COMPLETED: { description: 'It has ended by itself, whatever its outcome.' },
    CANCELLED: { description: 'Somebody stopped it.' },
    RETRIED: { description: 'What had failed is tried again.' },
    ATTRIBUTION_REQUESTED: { description: 'Somebody wants to know what made results change.' },
    PUBLISHED: { description: 'It became ready to be made live.' },
    MADE_LIVE: { description: 'It was put in force.' },
    SUPERSEDED: { description: 'Another one was put in force.' },
    ROLLED_BACK: { description: 'It was rolled back: as if it had not been made live the last time.' },
    RESTORED: { description: 'The one that had superseded it was rolled back, and it is live again.' },
  },
});

export const ActorKindEnum = enumOf(['USER', 'API_KEY', 'SYSTEM']);
registerEnumType(ActorKindEnum, {
  name: 'ActorKind',
  description: 'Who does something.',
  valuesMap: {
    USER: { description: 'A person.' },
    API_KEY: { description: 'A program with a key of the workspace.' },
    SYSTEM: { description: 'Harmony itself.' },
  },
});
