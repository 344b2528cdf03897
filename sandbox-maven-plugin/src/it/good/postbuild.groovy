import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

def results = new JsonSlurper().parse(new File(basedir, 'target/sandbox/results.json'))
assert results.schema == 'strategy-sandbox/results/1'
assert results.run.backend == 'local'
assert results.strategies*.name == ['every-other-day', 'never']
assert results.strategies*.verdict == ['OK', 'OK']
assert results.strategies[0].metrics.trades > 3
assert results.strategies[1].metrics.trades == 0

def suite = new XmlSlurper().parse(new File(basedir, 'target/sandbox/junit/TEST-sandbox.xml'))
assert suite.@tests == 2 && suite.@failures == 0 && suite.@errors == 0 && suite.@skipped == 0

def validation = new JsonSlurper().parse(new File(basedir, 'target/sandbox/validation.json'))
assert validation.files.every { it.accepted }

def lines = new File(basedir, 'build.log').readLines()
assert lines.any { it.contains('2 of 2 OK, isolation: local') }
// The first of the two builds is the one that speaks: 15 lines at most for each goal, the second is quiet.
assert lines.count { it.contains('BUILD SUCCESS') } == 1
assert lines.count { it.contains('NO CONTAINER ISOLATION') } == 1
def said = lines.dropWhile { !it.contains(':run (default)') }.drop(1).takeWhile { !it.contains('---') }
assert said.size() in 4..15
assert !lines.any { it.contains('[ERROR]') }
