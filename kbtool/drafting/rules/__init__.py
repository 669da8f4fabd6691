"""THE list: the rules by which a document becomes entry drafts, in the order they are asked; the first match wins.

Each rule is a function over a cursor of items in a file of its own subject. What no rule takes stays in the archive.
"""

from kbtool.drafting.cursor import Rule
from kbtool.drafting.rules import (
    care,
    contents,
    cover,
    error_codes,
    escalation,
    headings,
    instructions,
    old_edition,
    question_answer,
    question_table,
    reference_tables,
    safety,
    silent_tables,
    troubleshooting,
)

RULES: tuple[Rule, ...] = (
    Rule("old_edition", "旧版の差し込みページ: 現行版と比べるだけで、記事にしない", old_edition.old_edition),
    Rule("cover", "表紙と改訂履歴: 記事にしない", cover.cover),
    Rule("contents", "目次（点線とページ番号）: 記事にしない", contents.contents),
    Rule("safety_chapter", "「安全上のご注意」の章: 商品の注意書きにする", safety.safety_chapter),
    Rule("safety_box", "警告・注意の囲み: 商品の注意書きにする", safety.safety_box),
    Rule("instructions", "各部のなまえ・準備・使いかたの章: 書庫で探せるだけにする", instructions.instructions),
    Rule("question_answer", "Q./A.・問/答・質問/回答 の組: 質問はそのまま", question_answer.question_answer),
    Rule("revisions", "改訂履歴の表: 記事にしない", silent_tables.revisions),
    Rule("question_table", "質問・回答の表: 行ごとに1件", question_table.question_table),
    Rule("error_codes", "エラー表示の表: 「E03 が表示された」を1件ずつ", error_codes.error_codes),
    Rule("troubleshooting", "症状・原因・処置の表: 症状ごとに1件", troubleshooting.troubleshooting),
    Rule("care", "部位・頻度・方法の表: 「○○のお手入れ」を1件ずつ", care.care),
    Rule("escalation", "エスカレーション表: 表を1件、行ごとに引き継ぎの決まり", escalation.escalation),
    Rule("script_table", "理由・ご案内の表: トークスクリプトを1件", reference_tables.script_table),
    Rule("procedure_table", "1から順に番号のある作業の表: 手順を1件", reference_tables.procedure_table),
    Rule("code_table", "コード表: 表題で1件", reference_tables.code_table),
    Rule("specifications", "仕様の表: 記事にしない", silent_tables.specifications),
    Rule("blank_form", "記入用の空欄の表: 記事にしない", silent_tables.blank_form),
    Rule("decision_table", "可否・判定の表: 表題で1件、結合した欄は各行に補う", reference_tables.decision_table),
    Rule("other_table", "そのほかの表: 番号つきの見出しか表題があれば1件", reference_tables.other_table),
    Rule("script_lines", "「始め：」「終わり：」の言い回し: トークスクリプトを1件", headings.script_lines),
    Rule("procedure", "番号つきの手順のある見出し: 手順を1件", headings.procedure),
    Rule("policy", "担当者への指示（…する。…しない。）の見出し: 方針を1件", headings.policy),
    Rule("heading", "本文のある見出し: 見出しを質問にして1件", headings.heading),
)
