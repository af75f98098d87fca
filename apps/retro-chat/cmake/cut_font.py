#!/usr/bin/env python3
"""Cuts a typeface into small woff2 files, of which a page fetches those whose characters it shows.

  cut_font.py --list                  the files' names, one a line (without looking at a font)
  cut_font.py FONT.ttf FOLDER         writes them, and FOLDER/fonts.css, which says which characters are where

Kanji are grouped as schools teach them, since that is about how often they are written; then come the rest of JIS level 1
and level 2. The same font gives the same bytes. fonts.css names each file by the digest under which the program
serves it (cmake/embed.cmake), relative to its own address.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from functools import partial
from pathlib import Path

KANJI_A_FILE = 160
"""About 10 KB of woff2."""

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2030), 0x20AC, 0x2122]
KANA = [*range(0x3000, 0x3100), *range(0xFF00, 0xFFF0)]

TAUGHT = (
    # First and second year.
    "一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先早草足村大男竹中虫町天田土二日入年白八百文"
    "木本名目立力林六引羽雲園遠何科夏家歌画回会海絵外角楽活間丸岩顔汽記帰弓牛魚京強教近兄形計元言原戸古午後語工公広交光考行高黄合谷国黒今才細作算止市矢"
    "姉思紙寺自時室社弱首秋週春書少場色食心新親図数西声星晴切雪船線前組走多太体台地池知茶昼長鳥朝直通弟店点電刀冬当東答頭同道読内南肉馬売買麦半番父風分"
    "聞米歩母方北毎妹万明鳴毛門夜野友用曜来里理話"
    # Third year.
    "悪安暗医委意育員院飲運泳駅央横屋温化荷界開階寒感漢館岸起期客究急級宮球去橋業曲局銀区苦具君係軽血決研県庫湖向幸港号根祭皿仕死使始指歯詩次事持式実写"
    "者主守取酒受州拾終習集住重宿所暑助昭消商章勝乗植申身神真深進世整昔全相送想息速族他打対待代第題炭短談着注柱丁帳調追定庭笛鉄転都度投豆島湯登等動童農"
    "波配倍箱畑発反坂板皮悲美鼻筆氷表秒病品負部服福物平返勉放味命面問役薬由油有遊予羊洋葉陽様落流旅両緑礼列練路和"
    # Fourth year.
    "愛案以衣位茨印英栄媛塩岡億加果貨課芽賀改械害街各覚潟完官管関観願岐希季旗器機議求泣給挙漁共協鏡競極熊訓軍郡群径景芸欠結建健験固功好香候康佐差菜最"
    "埼材崎昨札刷察参産散残氏司試児治滋辞鹿失借種周祝順初松笑唱焼照城縄臣信井成省清静席積折節説浅戦選然争倉巣束側続卒孫帯隊達単置仲沖兆低底的典伝徒努灯"
    "働特徳栃奈梨熱念敗梅博阪飯飛必票標不夫付府阜富副兵別辺変便包法望牧末満未民無約勇要養浴利陸良料量輪類令冷例連老労録"
    # Fifth and sixth year.
    "圧囲移因永営衛易益液演応往桜可仮価河過快解格確額刊幹慣眼紀基寄規喜技義逆久旧救居許境均禁句型経潔件険検限現減故個護効厚耕航鉱構興講告混査再災妻採際"
    "在財罪殺雑酸賛士支史志枝師資飼示似識質舎謝授修述術準序招証象賞条状常情織職制性政勢精製税責績接設絶祖素総造像増則測属率損貸態団断築貯張停提程適統堂"
    "銅導得毒独任燃能破犯判版比肥非費備評貧布婦武復複仏粉編弁保墓報豊防貿暴脈務夢迷綿輸余容略留領歴胃異遺域宇映延沿恩我灰拡革閣割株干巻看簡危机揮貴疑吸"
    "供胸郷勤筋系敬警劇激穴券絹権憲源厳己呼誤后孝皇紅降鋼刻穀骨困砂座済裁策冊蚕至私姿視詞誌磁射捨尺若樹収宗就衆従縦縮熟純処署諸除承将傷障蒸針仁垂推寸盛"
    "聖誠舌宣専泉洗染銭善奏窓創装層操蔵臓存尊退宅担探誕段暖値宙忠著庁頂腸潮賃痛敵展討党糖届難乳認納脳派拝背肺俳班晩否批秘俵腹奮並陛閉片補暮宝訪亡忘棒枚"
    "幕密盟模訳郵優預幼欲翌乱卵覧裏律臨朗論"
)


def of_rows(first: int, last: int) -> list[int]:
    """The characters of these rows of JIS X 0208, in its order."""
    found = []
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                found.append(ord(bytes((0xA0 + row, 0xA0 + cell)).decode("euc_jp")))
            except UnicodeDecodeError:
                pass  # Not every cell holds a character.
    return found


def in_pieces(name: str, characters: list[int]) -> dict[str, list[int]]:
    pieces = range(0, len(characters), KANJI_A_FILE)
    return {f"dot-{name}-{1 + at // KANJI_A_FILE:02}.woff2": characters[at : at + KANJI_A_FILE] for at in pieces}


def files() -> dict[str, list[int]]:
    """Each file's characters. A character is in one file only."""
    taught = [ord(each) for each in TAUGHT]
    given = {"dot-latin.woff2": LATIN, "dot-kana.woff2": KANA}
    taken = {*LATIN, *KANA, *taught}
    signs = [each for each in [*of_rows(1, 13), *range(0x2190, 0x2800)] if each not in taken]
    given["dot-signs.woff2"] = sorted(set(signs))
    given |= in_pieces("kanji", taught)
    given |= in_pieces("kanji-more", [each for each in of_rows(16, 47) if each not in taken])
    given |= in_pieces("kanji-rare", [each for each in of_rows(48, 84) if each not in taken])
    return given


def cut(font: Path, folder: Path, entry: tuple[str, list[int]]) -> tuple[str, list[int]]:
    """Writes one file; answers its rule for fonts.css with the characters that the font has."""
    from fontTools import subset  # Debian's python3-fonttools; --list does without.
    from fontTools.ttLib import TTFont

    name, characters = entry
    source = TTFont(font, lazy=True, recalcTimestamp=False)
    had = sorted(set(characters) & set(source.getBestCmap()))
    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, notdef_outline=True, recalc_timestamp=False,
        drop_tables=["GPOS", "GSUB", "BASE", "DSIG", "vhea", "vmtx", "gasp"],
    )  # fmt: skip
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=had)
    subsetter.subset(source)
    source.flavor = "woff2"
    source.save(folder / name)
    return name, had


def ranges(characters: list[int]) -> str:
    """ "U+20-7e,U+a0" """
    spans: list[list[int]] = []
    for each in characters:
        if spans and spans[-1][1] == each - 1:
            spans[-1][1] = each
        else:
            spans.append([each, each])
    return ",".join(f"U+{first:x}" if first == last else f"U+{first:x}-{last:x}" for first, last in spans)


def rule(folder: Path, name: str, characters: list[int]) -> str:
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
    return (
        '@font-face{font-family:"DotGothic16";font-display:swap;'
        f'src:url("../{digest}/{name}") format("woff2");unicode-range:{ranges(characters)}}}\n'
    )


def main(arguments: list[str]) -> None:
    if arguments == ["--list"]:
        print("\n".join(files()))
        return
    font, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(2) as pool:
        cut_files = pool.map(partial(cut, font, folder), files().items(), chunksize=1)
    rules = [rule(folder, name, characters) for name, characters in cut_files]
    (folder / "fonts.css").write_text("/* Generated by cmake/cut_font.py. */\n" + "".join(rules), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
