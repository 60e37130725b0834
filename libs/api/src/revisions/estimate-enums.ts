import { estimateGapReasons, estimateMeasures, estimatePartNames } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../enum-of.js';

export const EstimatePartEnum = enumOf(estimatePartNames);
export const EstimateMeasureEnum = enumOf(estimateMeasures);
export const EstimateGapReasonEnum = enumOf(estimateGapReasons);

registerEnumType(EstimatePartEnum, {
  name: 'EstimatePartName',
  description: 'What a revision spends its time and money on.',
  valuesMap: {
    TRANSCRIPTION: { description: 'Recordings are transcribed.' },
    EXTRACTION: { description: 'Transcripts are looked through.' },
    CRITERIA: { description: 'The analyst is asked whether conversations belong into the project.' },
    ANSWERS: { description: 'Definitions are answered.' },
  },
});
registerEnumType(EstimateMeasureEnum, {
  name: 'EstimateMeasure',
  description: 'A figure of an estimate.',
  valuesMap: {
    RECORDING: { description: 'How long recordings are.' },
    CALLS: { description: 'Calls of the analyst.' },
    TOKENS: { description: 'Tokens, in and out.' },
    COST: { description: 'Money.' },
    DURATION: { description: 'Time from start to end.' },
  },
});
registerEnumType(EstimateGapReasonEnum, {
  name: 'EstimateGapReason',
  description: 'Why a figure cannot be told.',
  valuesMap: {
    NOTHING_RECORDED: { description: 'No such work is recorded yet, of whatever does it now.' },
    NOT_PRICED: {
      description: 'What a speech server charges is recorded nowhere; a model on this machine costs nothing.',
    },
  },
});
