"""Which function carries out which command of assessments."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.assessment.absence import AnnounceAbsence, announce_absence
from suite.kernel.assessment.commands import (
    AddMissing,
    ChangeStanding,
    CloseCampaign,
    DecideGrades,
    DecideObjection,
    FollowMoves,
    NoticeCampaign,
    OpenCampaign,
    ProposeGrades,
    RaiseObjection,
    RemindParticipants,
    SaveScheme,
    ScoreAssessment,
    TakeAssessmentStep,
    TakeBackScores,
)
from suite.kernel.assessment.following import SettleMeasure, settle_measure
from suite.kernel.assessment.grades import decide_grades, propose_grades
from suite.kernel.assessment.material_scores import ScoreMaterials, score_materials
from suite.kernel.assessment.measuring import ScoreFromRecords, score_from_records
from suite.kernel.assessment.movement import follow_moves
from suite.kernel.assessment.opening import add_missing, open_campaign
from suite.kernel.assessment.past import RecordPastGrades, WithdrawPastGrade, record_past, withdraw_past
from suite.kernel.assessment.regrading import Regrade, regrade
from suite.kernel.assessment.results import (
    close_campaign,
    decide_objection,
    notice_campaign,
    raise_objection,
)
from suite.kernel.assessment.schemes import save_scheme
from suite.kernel.assessment.scorers_sheet import TakeScoreSheet, take_score_sheet
from suite.kernel.assessment.scores import score_assessment, take_back_scores
from suite.kernel.assessment.stepping import change_standing, remind_participants, take_assessment_step
from suite.kernel.assessment.surveying import TakeSurvey, take_survey

HANDLERS: Mapping[type[Command], Handler] = {
    SaveScheme: save_scheme,
    OpenCampaign: open_campaign,
    TakeAssessmentStep: take_assessment_step,
    ChangeStanding: change_standing,
    ScoreAssessment: score_assessment,
    TakeBackScores: take_back_scores,
    RemindParticipants: remind_participants,
    FollowMoves: follow_moves,
    AddMissing: add_missing,
    AnnounceAbsence: announce_absence,
    ProposeGrades: propose_grades,
    DecideGrades: decide_grades,
    NoticeCampaign: notice_campaign,
    RaiseObjection: raise_objection,
    DecideObjection: decide_objection,
    CloseCampaign: close_campaign,
    ScoreFromRecords: score_from_records,
    Regrade: regrade,
    SettleMeasure: settle_measure,
    RecordPastGrades: record_past,
    WithdrawPastGrade: withdraw_past,
    TakeSurvey: take_survey,
    ScoreMaterials: score_materials,
    TakeScoreSheet: take_score_sheet,
}
