# A broken rule is named with file and line; what is left still works.
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

expect("the built-in rules are sound" ARGS rules check STATUS 0)
expect("their samples hold" ARGS rules test STATUS 0 OUT "[1-9][0-9]* passed, 0 failed")
expect("their cases too" ARGS rules test ${ROOT}/fixtures/cases STATUS 0 OUT "passed, 0 failed")
expect("and those of the knowledge" ARGS rules test ${ROOT}/fixtures/knowledge STATUS 0
    OUT "passed, 0 failed")
expect("cases where there are none" ARGS rules test ${WORK} STATUS 3 ERR "^cbswhy: ")
expect("the list" ARGS rules list STATUS 0 OUT "driver.service-write-denied" NO_ERR)
expect("the literals" ARGS rules list --literals STATUS 0 OUT ".......\n" NO_ERR)
expect("the patterns" ARGS rules list --patterns STATUS 0 OUT "[(][?]<" NO_ERR)
expect("one rule" ARGS rules show driver.service-write-denied STATUS 0
    OUT "driver.service-write-denied" NO_ERR)
expect("a slip in an id" ARGS rules show driver.service-write-denid STATUS 2 NO_OUT
    ERR "driver.service-write-denied")
expect("a missing file" ARGS rules check nosuch.json STATUS 3 ERR "^cbswhy: .*nosuch.json")
expect("a missing folder" ARGS rules list --rules nosuch STATUS 4 NO_OUT ERR "^cbswhy: .*nosuch")

set(samples "\"match\": [\"2023-03-14 08:15:02, Info                  CBS    Runaway sample aa\"],
   \"miss\": [\"2023-03-14 08:15:02, Info                  CBS    Appl: nothing\"]")

# NAME, the line of the mistake, what must be said, the file.
function(expect_broken name line text content)
    set(folder ${WORK}/${name})
    file(GLOB rules ${ROOT}/src/rules/*.json)
    file(COPY ${rules} DESTINATION ${folder})
    file(WRITE ${folder}/${name}.json "${content}")
    expect("${name} is refused" ARGS rules check ${name}/${name}.json STATUS 4
        OUT "${name}.json:${line}:[0-9]+: error: .*${text}")
    expect("${name} does not stop the others"
        ARGS analyze --format=json --rules ${name} ${SAMPLE} STATUS 4
        OUT "\"id\": *\"driver.service-write-denied\""
        ERR "${name}.json:${line}:[0-9]+: error: .*\ncbswhy: 1 error in the rules of '${name}'")
endfunction()

expect_broken(syntax 3 "" "{ \"format\": 1,\n  \"signals\": [],\n  \"causes\": [ } ]\n}\n")
expect_broken(unknown-key 4 "colour" "{ \"format\": 1, \"signals\": [
 { \"id\": \"x.signal\", \"log\": \"cbs\",
   \"pattern\": \"^Runaway sample a\",
   \"colour\": \"red\",
   ${samples} }] }\n")
expect_broken(bad-pattern 3 "" "{ \"format\": 1, \"signals\": [
 { \"id\": \"x.signal\", \"log\": \"cbs\",
   \"pattern\": \"^Runaway sample (a\",
   ${samples} }] }\n")

# A pack of one's own beside the built-in one.
file(WRITE ${WORK}/own/own.json "{ \"format\": 1, \"disable\": [\"driver.service-write-denied\"] }")
expect("a rule that is disabled finds nothing"
    ARGS analyze --format=json --add-rules own ${SAMPLE} STATUS 0
    OUT "\"id\": *\"driver.reflect-failed\"" NO_ERR)
expect("and is not listed" ARGS rules show driver.service-write-denied --add-rules own STATUS 2
    NO_OUT ERR "driver.service-write-denied")
file(WRITE ${WORK}/slip/own.json "{ \"format\": 1, \"disable\": [\"driver.no-such\"] }")
expect("nor named beside its code" ARGS code --format=json --add-rules own 5 STATUS 0
    OUT "\"installer.access-denied\",\"title\":\"[^\"]*\"},{\"id\":\"driver.service-create" NO_ERR)
expect("a code without the rules that were asked for" ARGS code --rules nosuch 5 STATUS 4 NO_OUT
    ERR "^cbswhy: .*nosuch")
expect("disabling what is not there is said" ARGS rules list --add-rules slip STATUS 4
    OUT "driver.service-write-denied" ERR "own.json:1:28: error: there is no rule \"driver.no-such\"")

# A pack that is added is checked on top of the built-in one.
file(WRITE ${WORK}/refers.json "{ \"format\": 1, \"causes\": [
 { \"id\": \"x.refers\", \"all\": [\"cbs.session-failed\"], \"explains\": [\"driver.queue-failed\"],
   \"confidence\": \"possible\", \"confidence_reason\": {\"en\": \"r\"},
   \"title\": {\"en\": \"t\"}, \"explanation\": {\"en\": \"e\"},
   \"actions\": [{\"kind\": \"check\", \"text\": {\"en\": \"a\"}}] }] }\n")
expect("a file may refer to the built-in rules" ARGS rules check refers.json STATUS 0 NO_OUT)
file(COPY ${WORK}/refers.json DESTINATION ${WORK}/alone)
expect("a pack of its own may not" ARGS rules check --rules alone STATUS 4
    OUT "refers.json:2:[0-9]+: error: .*cbs.session-failed")
expect("a folder that is added may" ARGS rules check --add-rules alone STATUS 0 NO_OUT)
file(WRITE ${WORK}/unknown.json "{ \"format\": 1, \"causes\": [
 { \"id\": \"x.unknown\", \"all\": [\"cbs.no-such\"],
   \"confidence\": \"possible\", \"confidence_reason\": {\"en\": \"r\"},
   \"title\": {\"en\": \"t\"}, \"explanation\": {\"en\": \"e\"},
   \"actions\": [{\"kind\": \"check\", \"text\": {\"en\": \"a\"}}] }] }\n")
expect("what is in neither is named" ARGS rules check unknown.json STATUS 4
    OUT "unknown.json:2:[0-9]+: error: .*cbs.no-such")

# A line that stands in healthy logs proves nothing.
file(WRITE ${WORK}/usual.json "{ \"format\": 1, \"signals\": [
 { \"id\": \"x.usual\", \"log\": \"setupact\", \"pattern\": \"BfspCopyFile.* failed\",
   \"match\": [\"2023-03-14 08:15:02, Error                 SP         BFSVC: BfspCopyFile(a, b) failed! (Attempt 2 of 60) Last Error = 0x3\"],
   \"miss\": [\"2023-03-14 08:15:02, Info                  SP     BFSVC: done\"] }] }\n")
expect("a sample out of healthy logs is said" ARGS rules check usual.json STATUS 0
    OUT "usual.json:3:[0-9]+: warning: x.usual: healthy logs have this line, too")

# A sound rule whose pattern takes for ever on one line of the log.
file(GLOB rules ${ROOT}/src/rules/*.json)
file(COPY ${rules} ${SAMPLE}/CBS.log ${SAMPLE}/setupapi.dev.log DESTINATION ${WORK}/runaway)
file(WRITE ${WORK}/runaway/runaway.json "{ \"format\": 1, \"signals\": [
 { \"id\": \"x.runaway\", \"log\": \"cbs\", \"pattern\": \"^Runaway sample (?:a+)+$\",
   ${samples} }] }\n")
string(REPEAT a 60 many)
file(APPEND ${WORK}/runaway/CBS.log
    "2030-03-14 08:15:02, Info                  CBS    Runaway sample ${many}!\n")
expect("a runaway pattern is named and the rest analysed"
    ARGS analyze --format=json --rules runaway runaway/CBS.log runaway/setupapi.dev.log
    STATUS 3 OUT "\"id\": *\"driver.service-write-denied\".*x.runaway")
