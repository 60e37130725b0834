const counts = 'asked answered notDiscussed failed';
const numbers = 'count mean median min max';
const named = 'key name isFormer';
const values = 'distribution { value label isFormer count }';
const goal = 'met notMet unknown share';
const score = 'count mean';

/** Everything that a report says. */
export const reportDocument = `query (
  $projectId: ID!, $filter: ReportFilterInput, $display: ReportDisplayInput, $includeInactive: Boolean
  $asOf: DateTime, $revisionId: ID
) {
  projectReport(
    projectId: $projectId, filter: $filter, display: $display, includeInactive: $includeInactive
    asOf: $asOf, revisionId: $revisionId
  ) {
    conversations interval
    range { from to }
    previous { from to conversations }
    cards {
      definitionId title type isActive isRemoved value
      counts { ${counts} pending }
      trend { start ${counts} value parts { key count } }
      previous { ${counts} value }
      latest { conversation { id } runId definitionId }
      ... on YesNoCard { yes no successAnswer successShare }
      ... on GroupCard { buckets { ${named} count share } }
      ... on ChecklistCard { items { ${named} met notMet notDiscussed share } meanItemsMet }
      ... on FunnelCard { stages { ${named} stopped reached conversion share } }
      ... on DiscountCard { discussed notDiscussed rate { ${numbers} } amounts { currency ${numbers} } }
      ... on BuyerEngagementCard { statistics { ${numbers} } ${values} bands { band count share } }
      ... on ScaleCard { statistics { ${numbers} } ${values} }
      ... on CompetitorsCard { mentioned competitors { name conversations stances { stance count } } }
      ... on SpinDistributionCard { questions quadrants { quadrant questions share } }
      ... on SpinImprovementCard { neglected { quadrant conversations share } }
    }
    goals { id name ${goal} trend { start ${goal} } previous { ${goal} } }
    scorecards { id name ${score} median distribution { from to count } trend { start ${score} } previous { ${score} } }
  }
}`;

export const rowsDocument = `query (
  $projectId: ID!, $definitionId: ID!, $filter: ReportFilterInput, $search: String, $after: String, $first: Int
  $asOf: DateTime, $revisionId: ID, $sort: ResultSort, $direction: SortDirection
) {
  definitionResults(
    projectId: $projectId, definitionId: $definitionId, filter: $filter, search: $search, after: $after, first: $first
    asOf: $asOf, revisionId: $revisionId, sort: $sort, direction: $direction
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node {
      runId definitionId definitionVersion outcome failureCode rationale confidence
      evidence { quote turn start end }
      conversation { id title status happenedAt }
    } }
  }
}`;

export const insightsDocument = `query ($id: ID!) {
  conversationInsights(conversationId: $id) {
    conversationId
    projects {
      projectId run { id }
      results { definitionId definitionVersion outcome failureCode rationale confidence }
      goals { goalId outcome }
      scorecards { scorecardId score }
    }
  }
}`;
