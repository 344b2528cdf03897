import groovy.json.JsonSlurper

assert new JsonSlurper().parse(new File(basedir, 'target/sandbox/results.json')).strategies == []
assert new JsonSlurper().parse(new File(basedir, 'target/sandbox/validation.json')).files == []
assert new File(basedir, 'build.log').text.contains('0 of 0 OK')
